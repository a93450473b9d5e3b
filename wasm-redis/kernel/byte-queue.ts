/** Up to this many bytes a loop is faster than making a view for `set`, and leaves no garbage. */
const SHORT = 80;
const FIRST_CAPACITY = 1024;

/** Bytes that can be copied four at a time, from any place to any place. Eight (a BigInt) is quicker only in V8. */
class Words {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Copies `from[start..]` to `this[at..]`, `count` bytes. The two are different arrays. */
  copyFrom(from: Words, start: number, at: number, count: number): void {
    const [source, target] = [from.#view, this.#view];
    let done = 0;
    for (; done + 4 <= count; done += 4) target.setInt32(at + done, source.getInt32(start + done, true), true);
    for (; done < count; done++) target.setInt8(at + done, source.getInt8(start + done));
  }
}
const NOBODY = new Words(new Uint8Array(0));

/**
 * A first-in, first-out queue of bytes in a ring that grows up to a limit: the buffer of a socket or a pipe. `write`
 * takes what fits and says how much that was.
 */
export class ByteQueue {
  readonly limit: number;
  #ring = new Words(new Uint8Array(FIRST_CAPACITY));
  #head = 0;
  length = 0;
  // Who writes and who reads hardly ever changes: mostly the memories of two processes.
  #writer = NOBODY;
  #reader = NOBODY;

  /** @param limit bytes it may hold; Infinity for no limit. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get space(): number {
    return this.limit - this.length;
  }

  /** Copies up to `count` bytes in, from `from[start]` on. Returns how many were taken. */
  write(from: Uint8Array, start: number, count: number): number {
    const taken = Math.min(count, this.limit - this.length);
    if (this.length + taken > this.#ring.bytes.length) this.#grow(this.length + taken);
    const ring = this.#ring.bytes;
    const tail = (this.#head + this.length) & (ring.length - 1);
    const untilEnd = ring.length - tail;
    if (taken <= SHORT && taken <= untilEnd) {
      if (this.#writer.bytes !== from) this.#writer = new Words(from);
      this.#ring.copyFrom(this.#writer, start, tail, taken);
    } else if (taken <= untilEnd) {
      ring.set(from.subarray(start, start + taken), tail);
    } else {
      ring.set(from.subarray(start, start + untilEnd), tail);
      ring.set(from.subarray(start + untilEnd, start + taken), 0);
    }
    this.length += taken;
    return taken;
  }

  /** Moves up to `count` bytes out, to `into[start]` on. Returns how many there were. */
  read(into: Uint8Array, start: number, count: number): number {
    const taken = Math.min(count, this.length);
    const ring = this.#ring.bytes;
    const head = this.#head;
    const untilEnd = ring.length - head;
    if (taken <= SHORT && taken <= untilEnd) {
      if (this.#reader.bytes !== into) this.#reader = new Words(into);
      this.#reader.copyFrom(this.#ring, head, start, taken);
    } else if (taken <= untilEnd) {
      into.set(ring.subarray(head, head + taken), start);
    } else {
      into.set(ring.subarray(head, ring.length), start);
      into.set(ring.subarray(0, taken - untilEnd), start + untilEnd);
    }
    this.length -= taken;
    this.#head = this.length === 0 ? 0 : (head + taken) & (ring.length - 1);
    return taken;
  }

  /** Moves everything out, as a copy of its own. */
  readAll(): Uint8Array {
    const all = new Uint8Array(this.length);
    this.read(all, 0, all.length);
    return all;
  }

  /** Drops everything, and the memory. */
  clear(): void {
    this.#ring = new Words(new Uint8Array(FIRST_CAPACITY));
    this.#writer = this.#reader = NOBODY;
    this.#head = 0;
    this.length = 0;
  }

  /** What it holds now, to be put back: see `Part`. */
  remember(): () => void {
    const bytes = new Uint8Array(this.length);
    const [ring, head] = [this.#ring.bytes, this.#head];
    const untilEnd = Math.min(bytes.length, ring.length - head);
    bytes.set(ring.subarray(head, head + untilEnd));
    bytes.set(ring.subarray(0, bytes.length - untilEnd), untilEnd);
    return () => {
      this.clear();
      this.write(bytes, 0, bytes.length);
    };
  }

  #grow(needed: number): void {
    let capacity = this.#ring.bytes.length;
    while (capacity < needed) capacity *= 2;
    const length = this.length;
    const ring = new Uint8Array(capacity);
    this.read(ring, 0, length);
    this.#ring = new Words(ring);
    this.#head = 0;
    this.length = length;
  }
}
