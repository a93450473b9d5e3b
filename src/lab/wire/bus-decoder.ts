import { readBusMessage } from './bus-message.ts';
import { KeptBytes } from './kept-bytes.ts';
import type { Decoder, Message } from './message.ts';

/** Signature and total length. */
const PREFIX_BYTES = 8;
/** Larger than any message of a real cluster: a PUBLISH of 512 MB and its header. */
const MOST_BYTES = 540 * 1024 * 1024;

/** The cluster bus in one direction: messages with their length in front. */
export class BusDecoder implements Decoder {
  readonly #prefix = new KeptBytes(PREFIX_BYTES);
  readonly #kept = new KeptBytes();
  #offset: number;
  /** Bytes of the message that have not come; undefined while its length is unknown. */
  #left: number | undefined;

  constructor(offset = 0) {
    this.#offset = offset;
  }

  push(bytes: Uint8Array): Message[] {
    const messages: Message[] = [];
    for (let at = 0; at < bytes.length;) {
      const count = Math.min(this.#left ?? PREFIX_BYTES - this.#prefix.count, bytes.length - at);
      const part = bytes.subarray(at, at + count);
      if (this.#left === undefined) this.#prefix.add(part);
      else this.#left -= count;
      this.#kept.add(part);
      at += count;
      if (this.#left === undefined && this.#prefix.count === PREFIX_BYTES) {
        this.#left = leftAfter(this.#prefix.take());
        if (this.#left === undefined) {
          // No message begins here; with the next piece one may.
          this.#kept.add(bytes.subarray(at));
          messages.push(this.#message());
          return messages;
        }
      }
      if (this.#left === 0) messages.push(this.#message());
    }
    return messages;
  }

  #message(): Message {
    const broken = this.#left === undefined;
    const { count: byteCount } = this.#kept;
    const bytes = this.#kept.take();
    const where = { offset: this.#offset, byteCount, bytes };
    this.#offset += byteCount;
    this.#left = undefined;
    if (broken) return { kind: 'broken', summary: 'not a cluster bus message: expected RCmb', details: [], ...where };
    return { kind: 'bus', ...readBusMessage(bytes, byteCount), ...where };
  }
}

function leftAfter(prefix: Uint8Array): number | undefined {
  if (String.fromCharCode(...prefix.subarray(0, 4)) !== 'RCmb') return undefined;
  const total = new DataView(prefix.buffer, prefix.byteOffset).getUint32(4);
  return total > PREFIX_BYTES && total <= MOST_BYTES ? total - PREFIX_BYTES : undefined;
}
