import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import { bytesOfId } from './bytes.ts';
import type { Command } from './command-text.ts';
import type { KeyConnection } from './key-connection.ts';
import type { KeySpace } from './key-space.ts';
import { accept, textIn } from './reply.ts';
import { redirection } from './slot-owners.ts';

/** What a view has read of a key, and from then on the server knows if it changes: the connection watches it. */
export interface Reading {
  id: string;
  /** As TYPE said; `none` if it was not there. */
  type: string;
  from: KeyConnection;
  /** Of the connection when it began to watch. Undefined if the user may not WATCH. */
  generation: number | undefined;
}

/** How an edit went. What the server refuses is thrown, as a `ReplyError`. */
export type EditOutcome =
  | { kind: 'done'; commands: readonly Command[]; replies: readonly RespValue[] }
  /** Nothing was written, because the key is not what was shown. `type` is what it is now. */
  | { kind: 'conflict'; commands: readonly Command[]; type: string };

/**
 * Begins to watch a key, and asks about it. Rejects as `KeySpace.ask` does; errors to the questions are among the replies.
 *
 * @param goesOn this is a further part of what is being read: changes since the first part count
 */
export async function readWatched(
  space: KeySpace,
  id: string,
  commands: readonly Command[],
  goesOn = false,
): Promise<{ reading: Reading; replies: RespValue[] }> {
  const key = bytesOfId(id);
  const begin: Command[] = goesOn ? [] : [['UNWATCH']];
  const { replies, from } = await space.ask(id, [...begin, ['WATCH', key], ['TYPE', key], ...commands]);
  const [watch, type, ...rest] = replies.slice(begin.length);
  const generation = watch?.kind === 'error' ? undefined : from.generation;
  return { reading: { id, type: textIn(type), from, generation }, replies: rest };
}

/**
 * Runs the commands of an edit as one transaction, provided that nobody has changed the key since it was read: WATCH was
 * sent with the reading. With `unguarded` they are run whatever has happened. Where the cluster sends the edit on to
 * another node, nothing is watched there, so the type has to be the one that was shown.
 */
export async function edit(
  space: KeySpace,
  reading: Reading,
  commands: readonly Command[],
  unguarded = false,
): Promise<EditOutcome> {
  const { id, from } = reading;
  const watched = !unguarded && reading.generation === from.generation;
  // A connection that was lost has forgotten what it watched, and a user may be forbidden to watch.
  const guard = unguarded ? 'nothing' : watched ? 'watch' : 'type';
  let outcome = await transact(from, reading, commands, guard);
  for (let sentOn = redirectionOf(outcome), count = 0; sentOn && count < 5; sentOn = redirectionOf(outcome), count++) {
    const target = space.follow(id, sentOn);
    if (sentOn.kind === 'ASK') outcome = await runAsking(target, commands);
    else outcome = await transact(target, reading, commands, unguarded ? 'nothing' : 'type');
  }
  if ('conflict' in outcome) return { kind: 'conflict', commands, type: outcome.conflict };
  for (const reply of outcome) accept(reply);
  return { kind: 'done', commands, replies: outcome };
}

type Outcome = readonly RespValue[] | { conflict: string };

async function transact(
  to: KeyConnection,
  { id, type }: Reading,
  commands: readonly Command[],
  guard: 'watch' | 'type' | 'nothing',
): Promise<Outcome> {
  const key = bytesOfId(id);
  if (guard === 'type') {
    const [watch, now] = await to.ask([
      ['WATCH', key],
      ['TYPE', key],
    ]);
    const sentOn = [watch, now].find((reply) => redirection(reply));
    if (sentOn) return [sentOn];
    if (textIn(now) !== type) return { conflict: textIn(now) };
  }
  if (guard === 'nothing') await to.ask([['UNWATCH']]);
  const replies = await to.ask([['MULTI'], ...commands, ['EXEC']]);
  const executed = replies.at(-1);
  if (executed?.kind === 'null') {
    const [now] = await to.ask([['TYPE', key]]);
    return { conflict: textIn(now) };
  }
  if (executed?.kind === 'array') return executed.items;
  // Why it was not executed stands with the command that was refused, not with EXEC; MULTI itself may be forbidden.
  const [begun] = replies;
  if (begun?.kind === 'error') return replies.slice(1, -1);
  return [replies.find((reply) => reply.kind === 'error') ?? executed!];
}

/** A slot on its way takes commands one by one, each announced by ASKING. */
async function runAsking(to: KeyConnection, commands: readonly Command[]): Promise<Outcome> {
  const replies = await to.ask(commands.flatMap((command): Command[] => [['ASKING'], command]));
  return replies.filter((_, at) => at % 2 === 1);
}

function redirectionOf(outcome: Outcome): ReturnType<typeof redirection> {
  return 'conflict' in outcome ? undefined : outcome.map(redirection).find((found) => found !== undefined);
}

/** The key is not what was shown, in words. */
export function conflictWords(shown: string, now: string): string {
  if (now === 'none') return 'Nothing was written: the key is gone (deleted, expired or renamed).';
  if (shown === 'none') return `Nothing was written: a key of this name already exists, a ${now}.`;
  if (now !== shown) return `Nothing was written: the key was a ${shown} and is now a ${now}.`;
  return 'Nothing was written: the key has been changed since it was shown.';
}
