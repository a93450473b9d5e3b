import type { ExitStatus, Machine } from '../machine.ts';
import { missingInCluster } from './cluster-health.ts';
import { ClusterWriter } from './cluster-writer.ts';
import { apply, randomSchedule, type ScheduledFault, undo } from './fault-schedule.ts';
import { lostWrites } from './lost-writes.ts';
import { cluster } from './presets.ts';
import { startTopology } from './start-topology.ts';

/** Between two writes, of the machine's time. */
const WRITE_EVERY_MS = 25;
/** After the last fault has been taken back. */
const RECOVERY_LIMIT_MS = 180_000;

export interface ScheduleResult {
  schedule: readonly ScheduledFault[];
  acknowledged: number;
  refused: number;
  /**
   * Acknowledged writes that are not there any more, although Redis promises no more than it held: the node that
   * acknowledged was deposed later, by a replica that had not got them (asynchronous replication).
   */
  lost: number;
  /** What Redis does not allow. Empty if all is well. */
  violations: string[];
}

/**
 * Six nodes, writes, and a random schedule of faults; then everything is taken back, and looked at. The nodes keep an
 * append-only file, so that a killed one comes back with what it had acknowledged.
 *
 * @param machine new, with a standing clock
 */
export async function runSchedule(machine: Machine, seed: number): Promise<ScheduleResult> {
  const nodes = cluster(3).map((node) => ({ ...node, options: { appendonly: 'yes', save: '""' } }));
  const violations: string[] = [];
  await machine.subscribe((event) => {
    if (event.type === 'exited' && !isKilled(event.status)) {
      violations.push(`process ${event.pid} ended by itself: ${JSON.stringify(event.status)}`);
    }
  });
  const lab = await startTopology(machine, { nodes });
  const writer = new ClusterWriter(lab);
  const schedule = randomSchedule(lab.topology, seed);
  const beganMs = (await machine.clock()).uptimeMs;
  const passedMs = async (): Promise<number> => (await machine.clock()).uptimeMs - beganMs;
  for (const { atMs, fault } of schedule) {
    while ((await passedMs()) < atMs) {
      await writer.write();
      await machine.advance(Math.max(0, Math.min(WRITE_EVERY_MS, atMs - (await passedMs()))));
    }
    await apply(lab, fault);
  }
  await undo(lab);
  try {
    await lab.until(() => missingInCluster(lab), RECOVERY_LIMIT_MS);
    const { lost, unexplained } = await lostWrites(lab, writer.acknowledged);
    return { ...counts(writer), schedule, lost: lost.length, violations: [...violations, ...unexplained] };
  } catch (error) {
    violations.push(error instanceof Error ? error.message : String(error));
    return { ...counts(writer), schedule, lost: 0, violations };
  }
}

function counts({ acknowledged, refused }: ClusterWriter): { acknowledged: number; refused: number } {
  return { acknowledged: acknowledged.length, refused };
}

function isKilled(status: ExitStatus): boolean {
  return status.kind === 'signal' && status.signal === 'SIGKILL';
}
