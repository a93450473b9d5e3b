import { bytesOfId } from './bytes.ts';
import type { Command } from './command-text.ts';
import { edit, type EditOutcome, readWatched } from './key-edit.ts';
import type { KeySpace } from './key-space.ts';
import { bytesIn, numberIn } from './reply.ts';

/** A key that was deleted, and can be had back. */
export interface DeletedKey {
  id: string;
  dump: Uint8Array;
  /** When it was to expire, in milliseconds since the epoch by the server's clock; 0 for never. */
  expiresAtMs: number;
}

/** Of a larger key no copy is made: DUMP would bring all of it into the page. By MEMORY USAGE. */
export const LARGEST_COPY_BYTES = 4_000_000;

/**
 * Deletes a key by UNLINK, having made a copy by DUMP. With `copy: false` none is made and there is no way back. The copy
 * is of what is deleted: nothing is, if the key changes in between. Rejects with a `ReplyError` or a `NoAnswerError`.
 */
export async function deleteKey(
  space: KeySpace,
  id: string,
  { copy }: { copy: boolean },
): Promise<{ outcome: EditOutcome; deleted?: DeletedKey }> {
  const key = bytesOfId(id);
  const wanted: Command[] = copy
    ? [
        ['DUMP', key],
        ['PEXPIRETIME', key],
      ]
    : [];
  const { reading, replies } = await readWatched(space, id, wanted);
  if (reading.type === 'none') return { outcome: { kind: 'conflict', commands: [['UNLINK', key]], type: 'none' } };
  const outcome = await edit(space, reading, [['UNLINK', key]]);
  if (!copy || outcome.kind !== 'done') return { outcome };
  const [dump, expires] = replies;
  return { outcome, deleted: { id, dump: bytesIn(dump), expiresAtMs: Math.max(0, numberIn(expires)) } };
}

/** The command that brings a deleted key back. Its time to live has gone on: it expires when it would have. */
export function restoreCommand({ id, dump, expiresAtMs }: DeletedKey): Command {
  return ['RESTORE', bytesOfId(id), expiresAtMs, dump, ...(expiresAtMs > 0 ? ['ABSTTL'] : [])];
}
