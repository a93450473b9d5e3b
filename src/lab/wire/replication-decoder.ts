import { KeptBytes } from './kept-bytes.ts';
import type { Decoder, Message } from './message.ts';
import { RespDecoder } from './resp-decoder.ts';

const NEWLINE = 10;
/** `$EOF:` and as many letters as end the snapshot. */
const MARK = /^\$EOF:(\S{40})\r\n$/;
const LENGTH = /^\$(\d{1,12})\r\n$/;
const LONGEST_HEAD_BYTES = 64;

type State =
  /** Replies, until one to PSYNC: it says what comes next. */
  | { kind: 'replies' }
  /** A snapshot's first line. */
  | { kind: 'head' }
  | { kind: 'snapshot'; left: number }
  | { kind: 'marked'; mark: Uint8Array; tail: Uint8Array }
  | { kind: 'commands' };

/**
 * What a primary sends to a replica from PSYNC on: line ends that keep the connection alive, the snapshot by length or up to
 * a mark, and then the commands that it writes.
 */
export class ReplicationDecoder implements Decoder {
  #state: State;
  #resp: RespDecoder;
  readonly #kept = new KeptBytes();
  #offset: number;

  /** @param begins what is expected first: the reply to PSYNC, the snapshot that SYNC asks for, or commands */
  constructor(begins: 'replies' | 'head' | 'commands', offset: number) {
    this.#state = { kind: begins };
    this.#resp = new RespDecoder(begins === 'commands' ? 'client' : 'server', offset);
    this.#offset = offset;
  }

  push(bytes: Uint8Array): Message[] {
    const messages: Message[] = [];
    for (let rest: Uint8Array = bytes; rest.length > 0;) {
      const next = this.#next(rest);
      if (next.message) messages.push(next.message);
      rest = next.rest;
    }
    return messages;
  }

  #next(bytes: Uint8Array): { message?: Message | undefined; rest: Uint8Array } {
    const state = this.#state;
    if (state.kind === 'commands' || state.kind === 'replies') return this.#respNext(bytes, state.kind);
    if (state.kind === 'head') return this.#head(bytes);
    if (state.kind === 'marked') return this.#marked(bytes, state);
    const part = bytes.subarray(0, state.left);
    this.#kept.add(part);
    state.left -= part.length;
    const rest = bytes.subarray(part.length);
    return state.left > 0 ? { rest } : { message: this.#snapshotEnds(), rest };
  }

  #respNext(bytes: Uint8Array, kind: 'commands' | 'replies'): { message?: Message; rest: Uint8Array } {
    if (bytes[0] === NEWLINE && this.#resp.idle) {
      this.#offset = this.#resp.offset;
      const message = this.#keepAlive(bytes.subarray(0, 1));
      this.#resp = new RespDecoder(kind === 'commands' ? 'client' : 'server', this.#offset);
      return { message, rest: bytes.subarray(1) };
    }
    const found = this.#resp.next(bytes);
    if (!found) return { rest: NOTHING };
    const { message, rest } = found;
    if (kind === 'commands') return { message, rest };
    if (message.summary.startsWith('FULLRESYNC')) this.#enter({ kind: 'head' }, message);
    else if (message.summary.startsWith('CONTINUE')) this.#enter({ kind: 'commands' }, message);
    return { message, rest };
  }

  #enter(state: State, { offset, byteCount }: Message): void {
    this.#state = state;
    this.#offset = offset + byteCount;
    if (state.kind === 'commands') this.#resp = new RespDecoder('client', this.#offset);
  }

  #head(bytes: Uint8Array): { message?: Message; rest: Uint8Array } {
    if (bytes[0] === NEWLINE && this.#kept.count === 0) {
      return { message: this.#keepAlive(bytes.subarray(0, 1)), rest: bytes.subarray(1) };
    }
    const end = bytes.indexOf(NEWLINE);
    this.#kept.add(end < 0 ? bytes : bytes.subarray(0, end + 1));
    if (end < 0 && this.#kept.count < LONGEST_HEAD_BYTES) return { rest: NOTHING };
    const rest = end < 0 ? NOTHING : bytes.subarray(end + 1);
    // Taken and put back: the line is the beginning of the snapshot's message.
    const { count } = this.#kept;
    const line = this.#kept.take();
    const text = String.fromCharCode(...line);
    const [, length] = LENGTH.exec(text) ?? [];
    const [, mark] = MARK.exec(text) ?? [];
    if (length === undefined && mark === undefined) {
      const message = this.#made(
        'broken',
        `not a snapshot: expected $ and a length, found ${JSON.stringify(text.slice(0, 20))}`,
        line,
        count,
      );
      this.#enter({ kind: 'commands' }, message);
      return { message, rest };
    }
    this.#kept.add(line);
    if (mark !== undefined) {
      this.#state = { kind: 'marked', mark: Uint8Array.from(mark, (letter) => letter.charCodeAt(0)), tail: NOTHING };
      return { rest };
    }
    this.#state = { kind: 'snapshot', left: Number(length) };
    return Number(length) === 0 ? { message: this.#snapshotEnds(), rest } : { rest };
  }

  /** Up to the mark, of which a part may be in the next piece. */
  #marked(bytes: Uint8Array, state: State & { kind: 'marked' }): { message?: Message; rest: Uint8Array } {
    const { mark, tail } = state;
    const joined = new Uint8Array(tail.length + bytes.length);
    joined.set(tail);
    joined.set(bytes, tail.length);
    const end = endOf(joined, mark);
    if (end === undefined) {
      this.#kept.add(bytes);
      state.tail = joined.slice(-(mark.length - 1));
      return { rest: NOTHING };
    }
    const rest = joined.subarray(end);
    this.#kept.add(bytes.subarray(0, bytes.length - rest.length));
    return { message: this.#snapshotEnds(), rest };
  }

  #snapshotEnds(): Message {
    const marked = this.#state.kind === 'marked';
    const { count } = this.#kept;
    const how = marked ? 'up to a mark of 40 bytes, while it is being made' : 'with its length in front';
    const message = this.#made('snapshot', `RDB, ${count.toLocaleString('en')} bytes`, this.#kept.take(), count, [
      ['sent', how],
    ]);
    this.#enter({ kind: 'commands' }, message);
    return message;
  }

  #keepAlive(bytes: Uint8Array): Message {
    const message = this.#made('keep-alive', 'an empty line: still there', bytes.slice(), bytes.length);
    this.#offset += bytes.length;
    return message;
  }

  #made(
    kind: Message['kind'],
    summary: string,
    bytes: Uint8Array,
    byteCount: number,
    details: Message['details'] = [],
  ): Message {
    return { kind, summary, details, offset: this.#offset, byteCount, bytes };
  }
}

const NOTHING = new Uint8Array(0);

/** The place after the first occurrence of a mark, undefined if there is none. */
function endOf(bytes: Uint8Array, mark: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(mark[0]!); at >= 0; at = bytes.indexOf(mark[0]!, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return at + mark.length;
  }
  return undefined;
}
