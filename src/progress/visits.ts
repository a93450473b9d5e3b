import { localStore, readObject } from './local.ts';
import { writeFacts } from './store.ts';

const VISITS = 'rm-visits';
const DEVICE = 'rm-device';

/**
 * Moves the visits that pages have left in localStorage into the database: when a lesson was visited last, and how long
 * it was read. Each device counts its own time, so that merging the files of two devices adds up and never doubles.
 */
export async function takeInVisits(): Promise<void> {
  const storage = localStore();
  const visits = readObject(storage?.getItem(VISITS));
  storage?.removeItem(VISITS);
  const field = `time:${device(storage)}`;
  for (const [slug, visit] of Object.entries(visits)) {
    if (!isVisit(visit)) continue;
    const [visitedMs, readMs] = visit;
    await writeFacts(`lesson/${slug}`, ({ [field]: known }) => ({
      visited: visitedMs,
      [field]: (typeof known?.[0] === 'number' ? known[0] : 0) + readMs,
    }));
  }
}

/** After a wipe this device counts its time anew, under another name. Visits not taken in yet are dropped. */
export function forgetDevice(): void {
  for (const name of [VISITS, DEVICE]) localStore()?.removeItem(name);
}

function device(storage: Storage | undefined): string {
  const known = storage?.getItem(DEVICE);
  if (known) return known;
  const made = crypto.randomUUID().slice(0, 8);
  storage?.setItem(DEVICE, made);
  return made;
}

function isVisit(visit: unknown): visit is [visitedMs: number, readMs: number] {
  return Array.isArray(visit) && visit.length === 2 && visit.every((part) => typeof part === 'number');
}
