import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;
/** Fields of /proc/<pid>/stat after the name in brackets, counted from 0. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/**
 * Memory of a process as Linux counts it, in bytes: what it has for itself, and its share of what several have (Pss).
 * Undefined on other systems.
 */
export async function memoryOf(pid: number): Promise<number | undefined> {
  const file = `/proc/${String(pid)}/smaps_rollup`;
  if (!existsSync(file)) return undefined;
  const kB = /^Pss:\s+(\d+) kB$/m.exec(await readFile(file, 'utf8'))?.[1];
  return kB === undefined ? undefined : Number(kB) * 1024;
}

/**
 * Processor time of a page's threads in milliseconds since they began: `main`, and `worker`, all workers together.
 * Undefined where there is no /proc.
 */
export async function threadTimes(pid: number): Promise<ReadonlyMap<string, number> | undefined> {
  const folder = `/proc/${String(pid)}/task`;
  if (!existsSync(folder)) return undefined;
  const times = new Map<string, number>();
  for (const thread of await readdir(folder)) {
    const { name, ms } = readStat(await readFile(`${folder}/${thread}/stat`, 'utf8'));
    const role = thread === String(pid) ? 'main' : name.startsWith('DedicatedWorker') ? 'worker' : 'other';
    times.set(role, (times.get(role) ?? 0) + ms);
  }
  return times;
}

/** A line of /proc: the name may contain spaces and brackets. Exported for its test. */
export function readStat(line: string): { name: string; ms: number } {
  const end = line.lastIndexOf(')');
  const fields = line.slice(end + 2).split(' ');
  const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
  return { name: line.slice(line.indexOf('(') + 1, end), ms: ticks * TICK_MS };
}
