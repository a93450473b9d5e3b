import type { AcknowledgedWrite } from './cluster-writer.ts';
import { keySlot } from './key-slot.ts';
import type { Lab } from './lab.ts';

/**
 * The writes whose keys no node has any more, and in words those among them that Redis does not allow to be lost. Allowed
 * is what asynchronous replication costs: the node that acknowledged was deposed later, by a replica that had not got
 * the write.
 */
export async function lostWrites(
  lab: Lab,
  writes: readonly AcknowledgedWrite[],
): Promise<{ lost: AcknowledgedWrite[]; unexplained: string[] }> {
  const present = new Set<unknown>();
  for (const node of lab.nodes) {
    const keys = await node.ask('KEYS', '*');
    if (Array.isArray(keys)) for (const key of keys) present.add(key);
  }
  const lost = writes.filter(({ key }) => !present.has(key));
  const unexplained: string[] = [];
  for (const write of lost) if (!(await wasDeposed(lab, write))) unexplained.push(describe(write));
  return { lost, unexplained };
}

/** Whether the log of the node that acknowledged a write says that it was made a replica later on. */
async function wasDeposed(lab: Lab, { by, atMs }: AcknowledgedWrite): Promise<boolean> {
  const log = await lab.node(by).log();
  return log.split('\n').some((line) => {
    if (!line.includes('Reconfiguring myself as a replica')) return false;
    const time = /^\d+:\S+ (\d+ \w+ \d+ [\d:.]+)/.exec(line)?.[1];
    return time !== undefined && Date.parse(`${time}Z`) >= Math.floor(atMs);
  });
}

function describe({ key, by, atMs }: AcknowledgedWrite): string {
  return `${key} (slot ${keySlot(key)}), acknowledged by ${by} at ${new Date(atMs).toISOString()}, is lost, and ${by} was not deposed`;
}
