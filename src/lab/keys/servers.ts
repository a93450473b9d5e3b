import type { HostAddress, ProcessInfo } from '../../../wasm-redis/machine.ts';
import { targetsOf } from '../load/targets.ts';

/** A server whose keys can be looked at. */
export interface KeyServer {
  /** Of its node in the lab, else its address. */
  name: string;
  host: HostAddress;
  port: number;
  /** Of the user `default`, where the lab's description gives one. */
  password?: string;
}

/** The servers of a lab, whether they run or not, and those that somebody has started beside them. No Sentinels: they have no keys. */
export function serversOf(processes: readonly ProcessInfo[], nodes: Parameters<typeof targetsOf>[0] = []): KeyServer[] {
  return targetsOf(nodes, processes).flatMap(({ kind, ...server }) => (kind === 'server' ? [server] : []));
}
