import { KeptBytes } from './kept-bytes.ts';

/** A message of RESP by its bounds, or bytes that are none. */
export interface RespFrame {
  kind: 'value' | 'inline' | 'broken';
  offset: number;
  byteCount: number;
  /** As much of it as is kept, and whether that is all. */
  bytes: Uint8Array;
  whole: boolean;
  /** For `broken`: what was expected and what was found. */
  reason: string;
}

/** Which direction: what begins with no type is an inline command from a client, and broken from a server. */
export type Sender = 'client' | 'server';

const TYPES = '+-:,#($=!*~>%|_';
const TEXTS = '$=!';
const COLLECTIONS = '*~>%|';
/** Two items for each entry. */
const MAPS = '%|';
/** Redis's own limit of an inline command (PROTO_INLINE_MAX_SIZE). */
const LONGEST_LINE_BYTES = 64 * 1024;
const NEWLINE = 10;

/**
 * Finds where messages of RESP2 and RESP3 begin and end, in pieces of any size, without keeping more of one than
 * `KeptBytes` does. After broken bytes it begins anew with the next piece, where mostly a message begins.
 */
export class RespFrames {
  readonly #sender: Sender;
  readonly #kept = new KeptBytes();
  #offset: number;
  /** Items that the collections which are open still wait for. */
  #missing: number[] = [];
  /** Bytes of a text to come, its CR LF included. */
  #textLeft = 0;
  #line = '';

  /** @param offset of the first byte that will be pushed */
  constructor(sender: Sender, offset = 0) {
    this.#sender = sender;
    this.#offset = offset;
  }

  /** Whether the last message is complete. */
  get idle(): boolean {
    return this.#kept.count === 0;
  }

  /** Of the next byte. */
  get offset(): number {
    return this.#offset + this.#kept.count;
  }

  /**
   * The next message that is complete, and what is left of the piece. Undefined when the piece has been used up.
   */
  next(piece: Uint8Array): { frame: RespFrame; rest: Uint8Array } | undefined {
    let at = 0;
    while (at < piece.length) {
      if (this.#textLeft > 0) {
        const taken = Math.min(this.#textLeft, piece.length - at);
        this.#kept.add(piece.subarray(at, at + taken));
        at += taken;
        this.#textLeft -= taken;
        if (this.#textLeft === 0 && this.#valueEnds()) return this.#frame('value', piece.subarray(at));
        continue;
      }
      const end = piece.indexOf(NEWLINE, at);
      const stop = end < 0 ? piece.length : end + 1;
      const part = piece.subarray(at, stop);
      this.#kept.add(part);
      at = stop;
      if (this.#line.length < LONGEST_LINE_BYTES) this.#line += latin1(part);
      if (end < 0) {
        if (this.#line.length < LONGEST_LINE_BYTES) continue;
        return this.#broken(piece.subarray(at), 'expected the end of a line within 64 KiB');
      }
      const line = this.#line;
      this.#line = '';
      const found = this.#readLine(line);
      if (found === 'more') continue;
      // What follows in this piece belongs to what is broken: nobody knows where the next message begins.
      if (found !== 'value' && found !== 'inline') {
        this.#kept.add(piece.subarray(at));
        return this.#broken(NOTHING, found);
      }
      return this.#frame(found, piece.subarray(at));
    }
    return undefined;
  }

  /** `more` to come, a whole message, or in words why there is none. */
  #readLine(line: string): string {
    const type = line[0] ?? '';
    const inside = this.#missing.length > 0;
    if (!TYPES.includes(type)) {
      if (this.#sender === 'client' && !inside) return 'inline';
      return `expected a type, one of ${[...TYPES].join(' ')}, found ${JSON.stringify(line.slice(0, 20))}`;
    }
    if (line.at(-2) !== '\r') return `expected CR LF at the end of ${JSON.stringify(line.slice(0, 20))}`;
    const isText = TEXTS.includes(type);
    if (!isText && !COLLECTIONS.includes(type)) return this.#valueEnds() ? 'value' : 'more';
    const length = line.slice(1, -2);
    if (!/^(-1|\d{1,10})$/.test(length)) return `expected a length, found ${JSON.stringify(length.slice(0, 20))}`;
    const count = Number(length);
    if (count < 0) return this.#valueEnds() ? 'value' : 'more';
    if (isText) this.#textLeft = count + 2;
    else {
      const items = MAPS.includes(type) ? 2 * count : count;
      // An attribute is followed by the value that it is about.
      this.#missing.push(type === '|' ? items + 1 : items);
      if (items === 0 && type !== '|') {
        this.#missing.pop();
        return this.#valueEnds() ? 'value' : 'more';
      }
    }
    return 'more';
  }

  /** A value is there. Whether the message is complete with it. */
  #valueEnds(): boolean {
    for (;;) {
      const last = this.#missing.length - 1;
      if (last < 0) return true;
      if (--this.#missing[last]! > 0) return false;
      this.#missing.pop();
    }
  }

  #broken(rest: Uint8Array, reason: string): { frame: RespFrame; rest: Uint8Array } {
    this.#missing = [];
    this.#line = '';
    return this.#frame('broken', rest, reason);
  }

  #frame(kind: RespFrame['kind'], rest: Uint8Array, reason = ''): { frame: RespFrame; rest: Uint8Array } {
    const { count: byteCount, whole } = this.#kept;
    const frame = { kind, offset: this.#offset, byteCount, whole, bytes: this.#kept.take(), reason };
    this.#offset += byteCount;
    return { frame, rest };
  }
}

const NOTHING = new Uint8Array(0);

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
