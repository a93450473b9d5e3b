import type { HostAddress } from './network.ts';
import type { Pid, Signal } from './processes.ts';

/**
 * What can go wrong on purpose. Links are between hosts and named by their addresses; connections within one host never
 * fail. Unless it is `oneWay` (from `from` to `to`), a fault of a link is one of both directions.
 */
export type Fault =
  | { type: 'signal'; pid: Pid; signal: Signal }
  /**
   * What is sent is lost and nobody is told: bytes arrive after the link is whole again, when TCP sends them again
   * (0.2, 0.6, 1.4 s ... after the first loss); a connection is tried again after 1, 3, 7 s ..., and given up after 127 s.
   */
  | { type: 'cut'; from: HostAddress; to: HostAddress; oneWay?: boolean }
  /** Cuts every link between hosts of different groups. Hosts in no group reach all. */
  | { type: 'split'; groups: readonly (readonly HostAddress[])[] }
  /** What is sent takes so long, and up to `jitterMs` more by chance, but stays in order. 0 and 0 is the ideal link. */
  | { type: 'latency'; from: HostAddress; to: HostAddress; latencyMs: number; jitterMs?: number; oneWay?: boolean }
  /** Takes cuts back; latencies stay. Without hosts: all of them. */
  | { type: 'heal'; from: HostAddress; to: HostAddress; oneWay?: boolean }
  | { type: 'heal'; from?: undefined; to?: undefined }
  /**
   * What processes of a host find when they write and sync: files may grow by `freeBytes` together (null: without limit),
   * then ENOSPC; an fsync takes `fsyncMs`. What is not given stays.
   */
  | { type: 'disk'; host: HostAddress; freeBytes?: number | null; fsyncMs?: number }
  /** One that was to come later does not, by its number in `FaultsInForce`. One that has come already is no error. */
  | { type: 'cancel'; id: number };

/** Links by direction; disks with a limit or a delay; what is still to come, the next one first. */
export interface FaultsInForce {
  links: { from: HostAddress; to: HostAddress; cut: boolean; latencyMs: number; jitterMs: number }[];
  disks: { host: HostAddress; freeBytes: number | null; fsyncMs: number }[];
  later: { id: number; uptimeMs: number; fault: Fault }[];
}
