import { readAll, writeFacts } from '../progress/store.ts';
import { entriesFrom, type EntryPart, type LogEntry } from './entry.ts';

/** For so long a deleted entry keeps its text, so that deleting can be taken back. */
const KEEP_DELETED_MS = 60 * 60_000;

/** What a learner may change of an entry. */
export type EntryText = Readonly<Partial<Record<EntryPart | 'terminal', string>>>;

/** All entries, newest first. */
export async function readLog(): Promise<LogEntry[]> {
  return entriesFrom(await readAll('log/'));
}

/** Begins an entry. Resolves with its id. */
export async function addEntry(lesson: string, text: EntryText, nowMs = Date.now()): Promise<string> {
  const id = crypto.randomUUID();
  await writeFacts(`log/${id}`, { lesson, created: nowMs, ...text }, nowMs);
  return id;
}

/** Changes the given parts of an entry; another tab may change its other parts meanwhile. */
export async function changeEntry(id: string, text: EntryText, nowMs = Date.now()): Promise<void> {
  await writeFacts(`log/${id}`, text, nowMs);
}

/** Deletes an entry. It can be restored until `forgetDeleted` has passed over it. */
export async function deleteEntry(id: string, nowMs = Date.now()): Promise<void> {
  await writeFacts(`log/${id}`, { deleted: true }, nowMs);
}

export async function restoreEntry(id: string, nowMs = Date.now()): Promise<void> {
  await writeFacts(`log/${id}`, { deleted: false }, nowMs);
}

/**
 * Empties the entries that were deleted more than an hour ago. Their keys stay, marked as deleted, so that a file which
 * was exported before does not bring them back when it is merged.
 */
export async function forgetDeleted(nowMs = Date.now()): Promise<void> {
  for (const [key, facts] of await readAll('log/')) {
    const { deleted } = facts;
    if (deleted?.[0] !== true || deleted[1] > nowMs - KEEP_DELETED_MS) continue;
    const full = Object.entries(facts).filter(([, [value]]) => typeof value === 'string' && value !== '');
    if (full.length > 0) await writeFacts(key, Object.fromEntries(full.map(([field]) => [field, ''])), nowMs);
  }
}
