import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import type { Command } from '../command-text.ts';
import type { ActionLog } from './action-log.ts';

/** The key that is shown, as the view of its value sees it. */
export interface OpenKey {
  readonly key: Uint8Array;
  /** As MEMORY USAGE said last. */
  readonly memoryBytes: number;
  readonly log: ActionLog;
  /** Reads, and lets the server watch the key from now on. Rejects with a `ReplyError` or a `NoAnswerError`. */
  read(commands: readonly Command[]): Promise<readonly RespValue[]>;
  /**
   * Runs an edit, shows what was sent and answered or why not, and then the value anew. Resolves with whether it was done.
   *
   * @param build makes the commands, and may throw what is wrong with what was typed
   * @param meaning what a reply means that is easily misread; empty if nothing
   */
  edit(build: () => readonly Command[], meaning?: (replies: readonly RespValue[]) => string): Promise<boolean>;
  /** Draws again by another query, as another page; errors are shown. */
  reload(): void;
}

/** A view of a value, with its editor. */
export interface ValueView {
  readonly root: HTMLElement;
  /** Something is typed that drawing anew would destroy. */
  readonly editing: boolean;
  /** Reads and draws. Rejects as `OpenKey.read` does. */
  load(): Promise<void>;
}

/** For commands that answer how many elements are new: 0 means that it was there. */
export function whenZero(words: string): (replies: readonly RespValue[]) => string {
  return ([reply]) => (reply?.kind === 'integer' && Number(reply.value) === 0 ? words : '');
}
