import type { Fault } from '../machine.ts';
import { Dice } from './dice.ts';
import type { Lab } from './lab.ts';
import { cancelLater } from './later-faults.ts';
import type { Topology } from './topology.ts';

/** Something that is done to a node, or to links by their hosts. */
export type LabFault =
  | { type: 'kill' | 'stop' | 'continue'; node: string }
  | { type: 'restart'; node: string; emptyDisk?: boolean }
  /** What was ordered for later does not come: wherever this is still to come, or all. */
  | { type: 'cancel'; fault?: LabFault }
  | Extract<Fault, { type: 'cut' | 'split' | 'latency' | 'heal' | 'disk' }>;

export interface ScheduledFault {
  /** Of the machine's time, since the schedule has begun. */
  atMs: number;
  fault: LabFault;
}

/** How long a random schedule is, and how far its faults are apart. */
const SCHEDULE_MS = 40_000;
const GAP_MS = { least: 200, most: 6000 } as const;

/**
 * Does it at once, or after `delayMs` of the machine's time; `restart` and `cancel` are always at once. Rejects with a
 * `FaultLineError` for a `cancel` of what is not to come.
 */
export async function apply(lab: Lab, fault: LabFault, delayMs = 0): Promise<void> {
  await lab.beforeFault?.(fault, delayMs);
  switch (fault.type) {
    case 'kill':
      return lab.node(fault.node).kill(delayMs);
    case 'stop':
      return lab.node(fault.node).stop(delayMs);
    case 'continue':
      return lab.node(fault.node).continue(delayMs);
    case 'restart':
      return lab.node(fault.node).restart(fault.emptyDisk ? { emptyDisk: true } : {});
    case 'cancel':
      return cancelLater(lab, fault.fault);
    default:
      return lab.machine.inject(fault, delayMs);
  }
}

/**
 * A schedule of kills, restarts, stops, cuts (one direction or both), splits and slow links, by a seed: the same seed,
 * the same schedule. Any number of nodes may be down at once. What is broken at its end stays so: see `undo`.
 */
export function randomSchedule(topology: Topology, seed: number): ScheduledFault[] {
  const dice = new Dice(seed);
  const hosts = topology.nodes.map(({ host }) => host);
  const killed = new Set<string>();
  const stopped = new Set<string>();
  const schedule: ScheduledFault[] = [];
  const nameOf = (excluded: ReadonlySet<string>[]): string | undefined => {
    const names = topology.nodes.map(({ name }) => name).filter((name) => !excluded.some((set) => set.has(name)));
    return names.length > 0 ? dice.oneOf(names) : undefined;
  };
  const next = (): LabFault | undefined => {
    const [from, to] = dice.shuffled(hosts);
    switch (dice.between(0, 8)) {
      case 0:
      case 1: {
        const node = nameOf([killed]);
        if (node === undefined) return undefined;
        killed.add(node);
        stopped.delete(node);
        return { type: 'kill', node };
      }
      case 2:
      case 3: {
        const node = [...killed][0];
        if (node === undefined) return undefined;
        killed.delete(node);
        return { type: 'restart', node };
      }
      case 4: {
        const node = [...stopped][0] ?? nameOf([killed, stopped]);
        if (node === undefined) return undefined;
        if (stopped.delete(node)) return { type: 'continue', node };
        stopped.add(node);
        return { type: 'stop', node };
      }
      case 5:
        return { type: 'cut', from: from!, to: to!, oneWay: dice.fraction() < 0.5 };
      case 6: {
        const shuffled = dice.shuffled(hosts);
        const at = dice.between(1, hosts.length - 1);
        return { type: 'split', groups: [shuffled.slice(0, at), shuffled.slice(at)] };
      }
      case 7:
        return {
          type: 'latency',
          from: from!,
          to: to!,
          latencyMs: dice.between(1, 200),
          jitterMs: dice.between(0, 100),
        };
      default:
        return { type: 'heal' };
    }
  };
  for (let atMs = 0; ;) {
    atMs += dice.between(GAP_MS.least, GAP_MS.most);
    if (atMs > SCHEDULE_MS) return schedule;
    const fault = next();
    if (fault) schedule.push({ atMs, fault });
  }
}

/** Makes everything well again: links, disks, every node runs, and nothing that was ordered for later comes. */
export async function undo(lab: Lab): Promise<void> {
  await cancelLater(lab);
  const { links, disks } = await lab.machine.faults();
  for (const { from, to } of links) {
    await lab.machine.inject({ type: 'latency', from, to, latencyMs: 0, jitterMs: 0, oneWay: true });
  }
  await lab.machine.inject({ type: 'heal' });
  for (const { host } of disks) await lab.machine.inject({ type: 'disk', host, freeBytes: null, fsyncMs: 0 });
  for (const node of lab.nodes) await (node.pid === undefined ? node.start() : node.continue());
}
