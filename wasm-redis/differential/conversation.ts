import { inOrderOfPatterns } from './pattern-messages.ts';
import { CLOSED, isError, type Reply, render, wordsOf } from './reply.ts';
import { ruleOf, sameRefusal } from './rules.ts';
import { passesOn } from './scripts.ts';

const CONFIRMATION = /^[ps]?(un)?subscribe$/;
const MESSAGE = /^[ps]?message$/;

/** What was sent, and the two replies that should be the same. */
export interface Disagreement {
  args: readonly string[];
  native: string;
  ours: string;
}

/** Called for every command that has been answered natively. */
export type AnswerListener = (command: string, succeeded: boolean) => void;

/**
 * One client's side of a sequence: which of the native replies answers which command, so that each is compared by the
 * rule of its command. Messages and pushes answer nothing and are compared to the byte.
 */
export class Conversation {
  readonly #waiting: (readonly string[])[] = [];
  readonly #nameOf: (args: readonly string[]) => string;
  readonly #onAnswer: AnswerListener;
  #queued: (readonly string[])[] = [];
  #confirmed = false;
  #compared = 0;

  /** @param nameOf the command's name as COMMAND has it, or `unknown` */
  constructor(nameOf: (args: readonly string[]) => string, onAnswer: AnswerListener) {
    this.#nameOf = nameOf;
    this.#onAnswer = onAnswer;
  }

  sent(args: readonly string[]): void {
    this.#waiting.push(args);
  }

  /** Compares what has come since the last time. @param native, ours all replies since the client was opened */
  compare(native: readonly Reply[], ours: readonly Reply[]): Disagreement | undefined {
    const fresh = [native, ours].map((replies) => inOrderOfPatterns(replies.slice(this.#compared)));
    this.#compared = Math.max(native.length, ours.length);
    for (let at = 0; at < Math.max(fresh[0]!.length, fresh[1]!.length); at++) {
      const [a, b] = [fresh[0]![at], fresh[1]![at]];
      const args = a ? this.#answered(a) : (this.#waiting[0] ?? []);
      if (!a || !b || !this.#same(a, b, args)) {
        return { args, native: a ? render(a) : 'no reply', ours: b ? render(b) : 'no reply' };
      }
    }
    return undefined;
  }

  /** The command that a reply answers, or nothing for what came unasked. */
  #answered(reply: Reply): readonly string[] {
    if (reply === CLOSED) return [];
    const first = reply.items?.[0] && wordsOf(reply.items[0]);
    const pushes = reply.head === '>' || (reply.head === '*' && first !== undefined && MESSAGE.test(first));
    if (first !== undefined && CONFIRMATION.test(first) && reply.items?.length === 3) {
      this.#confirmed ||= this.#subscribes();
      if (this.#confirmed) this.#onAnswer(this.#nameOf(this.#waiting[0] ?? []), true);
      return [];
    }
    if (pushes && !this.#debugsProtocol()) return [];
    while (this.#confirmed && this.#subscribes()) this.#waiting.shift();
    this.#confirmed = false;
    return this.#waiting.shift() ?? [];
  }

  #subscribes(): boolean {
    return CONFIRMATION.test(this.#nameOf(this.#waiting[0] ?? []));
  }

  #debugsProtocol(): boolean {
    return this.#nameOf(this.#waiting[0] ?? []) === 'debug';
  }

  #same(native: Reply, ours: Reply, args: readonly string[]): boolean {
    const name = this.#nameOf(args);
    if (native.head === '+QUEUED') this.#queued.push(args);
    else if (name === 'exec') return this.#sameTransaction(native, ours, args);
    else if (['discard', 'reset', 'multi'].includes(name) && !isError(native)) this.#queued = [];
    return this.#sameReply(native, ours, args);
  }

  #sameTransaction(native: Reply, ours: Reply, args: readonly string[]): boolean {
    const queued = this.#queued;
    this.#queued = [];
    if (native.head !== '*' || native.items?.length !== queued.length) return this.#sameReply(native, ours, args);
    if (native.items.length !== ours.items?.length) return false;
    this.#onAnswer('exec', true);
    return queued.every((command, at) => this.#sameReply(native.items![at]!, ours.items![at]!, command));
  }

  #sameReply(native: Reply, ours: Reply, args: readonly string[]): boolean {
    const name = this.#nameOf(args);
    if (args.length > 0 && native.head !== '+QUEUED') this.#onAnswer(name, !isError(native));
    if (render(native) === render(ours)) return true;
    if (isError(native) || isError(ours)) return sameRefusal(native, ours, name);
    const called = calledCommand(args);
    return ruleOf(this.#nameOf(called))?.same(native, ours, called) ?? false;
  }
}

/** A script that passes its arguments on replies as the command in them. */
function calledCommand(args: readonly string[]): readonly string[] {
  const [name = '', script = ''] = args;
  const passes = /^eval(sha)?(_ro)?$/i.test(name) ? passesOn(script) : /^fcall/i.test(name) && script === 'f7';
  return passes ? args.slice(3) : args;
}
