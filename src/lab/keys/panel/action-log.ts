import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { element, icon } from '../../../dom/element.ts';
import { EscapeError } from '../bytes.ts';
import { type Command, commandText, replyText } from '../command-text.ts';
import { errorWords } from '../error-words.ts';
import { DigitsError } from '../hex.ts';
import { NoAnswerError } from '../key-connection.ts';
import { ReplyError } from '../reply.ts';
import { ScoreError } from '../values/sorted-set.ts';
import { FormError } from '../values/string.ts';
import { button } from './field.ts';

/** A reply is shown so far; the rest is in the terminal. */
const REPLY_LIMIT = 300;

/** Something that can be done about what was said. */
export interface Remedy {
  label: string;
  act: () => void;
}

/**
 * What the last action has sent to Redis, as one would type it, with the reply; or why nothing happened, in words. Told to
 * screen readers when the reader has done something, never by itself.
 */
export class ActionLog {
  readonly root = element('div', { class: 'rk-log', role: 'status', 'aria-label': 'What was done' });

  /** The commands and their replies, and what that means. */
  ran(
    commands: readonly Command[],
    replies: readonly RespValue[],
    meaning = '',
    remedies: readonly Remedy[] = [],
  ): void {
    const lines = commands.flatMap((command, at) => {
      const reply = replies[at];
      return [
        element('span', { class: 'rk-command' }, commandText(command)),
        ...(reply ? [element('span', { class: 'rk-reply' }, shortened(replyText(reply)))] : []),
      ];
    });
    this.#show('done', element('code', {}, ...lines), meaning, remedies);
  }

  /** Something that was not an edit. */
  say(words: string, remedies: readonly Remedy[] = []): void {
    this.#show('said', '', words, remedies);
  }

  /** Why it was not done. Errors that are nobody's fault but ours are thrown on. */
  failed(error: unknown, commands: readonly Command[] = [], remedies: readonly Remedy[] = []): void {
    const words = wordsOf(error);
    const tried = commands.map((command) => element('span', { class: 'rk-command' }, commandText(command)));
    this.#show('failed', tried.length > 0 ? element('code', {}, ...tried) : '', words, remedies);
  }

  refused(words: string, commands: readonly Command[], remedies: readonly Remedy[]): void {
    const tried = commands.map((command) => element('span', { class: 'rk-command' }, commandText(command)));
    this.#show('failed', element('code', {}, ...tried), words, remedies);
  }

  clear(): void {
    this.root.replaceChildren();
    delete this.root.dataset['kind'];
  }

  #show(kind: 'done' | 'said' | 'failed', what: Node | string, words: string, remedies: readonly Remedy[]): void {
    this.root.dataset['kind'] = kind;
    const buttons = remedies.map(({ label, act }) => button(label, act));
    const said = element('div', {}, what, ...(words === '' ? [] : [element('p', {}, words)]), ...buttons);
    const dismiss = button('', () => this.clear(), { class: 'rk-dismiss', 'aria-label': 'Dismiss' });
    dismiss.append(icon('close'));
    this.root.replaceChildren(said, dismiss);
  }
}

/** An error in words, if it is one that can happen to a reader; every other is thrown. */
export function wordsOf(error: unknown): string {
  if (error instanceof ReplyError) return errorWords(error.message);
  const expected = [NoAnswerError, EscapeError, DigitsError, FormError, ScoreError].some(
    (kind) => error instanceof kind,
  );
  if (expected) return (error as Error).message;
  throw error;
}

function shortened(text: string): string {
  return text.length > REPLY_LIMIT ? `${text.slice(0, REPLY_LIMIT)}…` : text;
}
