import { faultLine, OWN_NAME } from '../../../wasm-redis/lab/fault-line.ts';
import type { LabFault } from '../../../wasm-redis/lab/fault-schedule.ts';
import { asLabFault, type NodeProcess } from '../../../wasm-redis/lab/later-faults.ts';
import type { Topology } from '../../../wasm-redis/lab/topology.ts';
import type { FaultsInForce, ProcessInfo } from '../../../wasm-redis/machine.ts';
import { lengthWords } from '../clock/clock-words.ts';

/** Something that is not as it should be, or will not be. */
export interface InForce {
  /** The same as long as it is the same. */
  key: string;
  words: string;
  /** What makes it well again, or keeps it from coming. */
  undo: LabFault;
}

type Link = FaultsInForce['links'][number];

/** Everything that is wrong on a lab's machine, nodes first, then links, disks, and what will come. */
export function inForce(
  topology: Topology,
  nodes: readonly NodeProcess[],
  processes: readonly ProcessInfo[],
  faults: FaultsInForce,
  uptimeMs: number,
): InForce[] {
  const nameOf = (host: string): string => topology.nodes.find((node) => node.host === host)?.name ?? OWN_NAME;
  return [
    ...nodes.flatMap((node) => nodeInForce(node, processes)),
    ...pairs(faults.links).flatMap(({ link, oneWay }) => linkInForce(link, oneWay, nameOf)),
    ...faults.disks.flatMap((disk) => diskInForce(disk, nameOf(disk.host))),
    ...faults.later.flatMap(({ id, uptimeMs: dueMs, fault: ordered }): InForce[] => {
      const fault = asLabFault(ordered, nodes);
      if (!fault) return [];
      const what = faultLine({ fault, afterMs: 0 }, topology);
      const words = `in ${lengthWords(dueMs - uptimeMs)}: ${what}`;
      return [{ key: `later ${String(id)}`, words, undo: { type: 'cancel', fault } }];
    }),
  ];
}

function nodeInForce({ name, pid }: NodeProcess, processes: readonly ProcessInfo[]): InForce[] {
  const process = processes.find((one) => one.pid === pid);
  if (!process)
    return [{ key: `ended ${name}`, words: `${name} is not running`, undo: { type: 'restart', node: name } }];
  if (process.state !== 'stopped') return [];
  return [{ key: `stopped ${name}`, words: `${name} is stopped`, undo: { type: 'continue', node: name } }];
}

/** Two directions that are alike are one link. */
function pairs(links: readonly Link[]): { link: Link; oneWay: boolean }[] {
  const isBack = (a: Link, b: Link): boolean =>
    a.from === b.to && a.to === b.from && a.cut === b.cut && a.latencyMs === b.latencyMs && a.jitterMs === b.jitterMs;
  return links
    .filter((link, at) => !links.slice(0, at).some((earlier) => isBack(earlier, link)))
    .map((link) => ({ link, oneWay: !links.some((other) => isBack(link, other)) }));
}

function linkInForce(
  { from, to, cut, latencyMs, jitterMs }: Link,
  oneWay: boolean,
  nameOf: (host: string) => string,
): InForce[] {
  const link = { from, to, ...(oneWay ? { oneWay: true } : {}) };
  const ends = `${nameOf(from)} ${oneWay ? '→' : '↔'} ${nameOf(to)}`;
  const found: InForce[] = [];
  if (cut) found.push({ key: `cut ${ends}`, words: `${ends}: cut`, undo: { type: 'heal', ...link } });
  if (latencyMs > 0 || jitterMs > 0) {
    const jitter = jitterMs > 0 ? `, up to ${String(jitterMs)} ms more` : '';
    const undo: LabFault = { type: 'latency', ...link, latencyMs: 0, jitterMs: 0 };
    found.push({
      key: `slow ${ends} ${String(latencyMs)} ${String(jitterMs)}`,
      words: `${ends}: ${String(latencyMs)} ms${jitter}`,
      undo,
    });
  }
  return found;
}

function diskInForce({ host, freeBytes, fsyncMs }: FaultsInForce['disks'][number], name: string): InForce[] {
  const found: InForce[] = [];
  if (freeBytes !== null) {
    const room = freeBytes === 0 ? 'is full' : `has room for ${String(freeBytes)} bytes`;
    found.push({
      key: `disk ${name}`,
      words: `the disk of ${name} ${room}`,
      undo: { type: 'disk', host, freeBytes: null },
    });
  }
  if (fsyncMs > 0) {
    const words = `the disk of ${name} takes ${String(fsyncMs)} ms for each fsync`;
    found.push({ key: `fsync ${name} ${String(fsyncMs)}`, words, undo: { type: 'disk', host, fsyncMs: 0 } });
  }
  return found;
}
