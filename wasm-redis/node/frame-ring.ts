/** Words of the control block at the start of the shared memory. Positions count bytes, and wrap at 2^32. */
const WRITTEN = 0;
const TAKEN = 1;
/** Counts the writer's calls of `wake`: what a sleeping reader watches. */
const WAKES = 2;
/** The writer wants to hear when there is space again. */
const WANTS_SPACE = 3;
const CONTROL_BYTES = 64;

const HEADER_BYTES = 16;
const aligned = (bytes: number): number => (bytes + 3) & ~3;

/** Memory for the frames of one direction. @param capacityBytes a power of two */
export function allocateRing(capacityBytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(CONTROL_BYTES + capacityBytes);
}

/**
 * A queue of frames between two threads: one writes, the other reads, and neither needs its event loop for it. A frame is
 * a kind, the number of a connection, an argument, and bytes.
 */
class FrameRing {
  protected readonly control: Int32Array;
  protected readonly words: Int32Array;
  protected readonly bytes: Uint8Array;
  protected readonly mask: number;

  constructor(shared: SharedArrayBuffer) {
    this.control = new Int32Array(shared, 0, CONTROL_BYTES / 4);
    this.words = new Int32Array(shared, CONTROL_BYTES);
    this.bytes = new Uint8Array(shared, CONTROL_BYTES);
    this.mask = this.bytes.length - 1;
  }

  protected word(position: number): number {
    return (position & this.mask) >> 2;
  }
}

/** Takes up to `count` bytes from somewhere, puts them to `into[start]` and on, and returns how many, or a negative errno. */
export type Fill = (into: Uint8Array, start: number, count: number) => number;

/** The writing end. */
export class FrameWriter extends FrameRing {
  #position = 0;
  /** Frames without bytes that found no space: they must not get lost. Those with bytes wait behind them. */
  #overflow: [kind: number, connection: number, argument: number][] = [];

  /** Bytes that a frame may carry now; 0 if none fits. */
  get space(): number {
    if (this.#overflow.length > 0 && !this.#writeOverflow()) return this.#full();
    const free = this.#free() - HEADER_BYTES;
    return free >= 4 ? free & ~3 : this.#full();
  }

  /** Writes a frame without bytes; if there is no space, as soon as there is (see `retry`). */
  write(kind: number, connection: number, argument = 0): void {
    if (this.#overflow.length > 0 || this.#free() < HEADER_BYTES) {
      this.#overflow.push([kind, connection, argument]);
      this.#full();
    } else this.#publish(kind, connection, argument, 0);
  }

  /** Writes a frame with bytes of `from`. @param count at most `space` */
  writeBytes(kind: number, connection: number, argument: number, from: Uint8Array, start: number, count: number): void {
    const at = (this.#position + HEADER_BYTES) & this.mask;
    const untilEnd = Math.min(count, this.bytes.length - at);
    this.bytes.set(start === 0 && untilEnd === from.length ? from : from.subarray(start, start + untilEnd), at);
    if (untilEnd < count) this.bytes.set(from.subarray(start + untilEnd, start + count), 0);
    this.#publish(kind, connection, argument, count);
  }

  /**
   * Writes a frame with what `fill` gives, in one or two calls. No frame if that is nothing.
   *
   * @param count at most `space`
   * @returns bytes written; or what `fill` returned if it gave none
   */
  writeFrom(kind: number, connection: number, fill: Fill, count: number): number {
    const at = (this.#position + HEADER_BYTES) & this.mask;
    const untilEnd = Math.min(count, this.bytes.length - at);
    const first = fill(this.bytes, at, untilEnd);
    if (first <= 0) return first;
    const second = first === untilEnd && untilEnd < count ? fill(this.bytes, 0, count - untilEnd) : 0;
    const total = first + Math.max(0, second);
    this.#publish(kind, connection, 0, total);
    return total;
  }

  /** There may be space again. */
  retry(): void {
    this.#writeOverflow();
  }

  /** Wakes the reader if it sleeps. */
  wake(): void {
    Atomics.add(this.control, WAKES, 1);
    Atomics.notify(this.control, WAKES);
  }

  #free(): number {
    return this.bytes.length - ((this.#position - Atomics.load(this.control, TAKEN)) >>> 0);
  }

  #full(): 0 {
    Atomics.store(this.control, WANTS_SPACE, 1);
    return 0;
  }

  #writeOverflow(): boolean {
    let written = 0;
    for (const frame of this.#overflow) {
      if (this.#free() < HEADER_BYTES) break;
      this.#publish(...frame, 0);
      written++;
    }
    this.#overflow.splice(0, written);
    return this.#overflow.length === 0;
  }

  #publish(kind: number, connection: number, argument: number, count: number): void {
    const { words } = this;
    words[this.word(this.#position)] = kind;
    words[this.word(this.#position + 4)] = connection;
    words[this.word(this.#position + 8)] = argument;
    words[this.word(this.#position + 12)] = count;
    this.#position = (this.#position + HEADER_BYTES + aligned(count)) | 0;
    Atomics.store(this.control, WRITTEN, this.#position);
  }
}

/** The reading end. `next` goes to a frame, whose parts are then the reader's properties. */
export class FrameReader extends FrameRing {
  #position = 0;
  #end = 0;
  kind = 0;
  connection = 0;
  argument = 0;
  count = 0;

  /** Goes to the next frame. False if there is none. The bytes of the one before are gone. */
  next(): boolean {
    if (this.#position !== this.#end) {
      this.#position = this.#end;
      Atomics.store(this.control, TAKEN, this.#position);
    }
    if (this.#position === Atomics.load(this.control, WRITTEN)) return false;
    const { words } = this;
    this.kind = words[this.word(this.#position)]!;
    this.connection = words[this.word(this.#position + 4)]!;
    this.argument = words[this.word(this.#position + 8)]!;
    this.count = words[this.word(this.#position + 12)]!;
    this.#end = (this.#position + HEADER_BYTES + aligned(this.count)) | 0;
    return true;
  }

  /** Passes the frame's bytes on, in one or two pieces. */
  each(take: (from: Uint8Array, start: number, count: number) => void): void {
    const at = (this.#position + HEADER_BYTES) & this.mask;
    const untilEnd = Math.min(this.count, this.bytes.length - at);
    take(this.bytes, at, untilEnd);
    if (untilEnd < this.count) take(this.bytes, 0, this.count - untilEnd);
  }

  /** Copies the frame's bytes. @param into at least `count` long */
  copy(into: Uint8Array): void {
    const at = (this.#position + HEADER_BYTES) & this.mask;
    const untilEnd = Math.min(this.count, this.bytes.length - at);
    into.set(this.bytes.subarray(at, at + untilEnd));
    if (untilEnd < this.count) into.set(this.bytes.subarray(0, this.count - untilEnd), untilEnd);
  }

  /** Whether the writer has found the ring full since the last call. */
  takeWantsSpace(): boolean {
    return Atomics.load(this.control, WANTS_SPACE) !== 0 && Atomics.exchange(this.control, WANTS_SPACE, 0) !== 0;
  }

  /** What to pass to `sleep`; read before looking for frames. */
  get wakes(): number {
    return Atomics.load(this.control, WAKES);
  }

  /** Blocks the thread until the writer wakes it, unless it has done so since `wakes` was read, for at most so long. */
  sleep(wakes: number, milliseconds: number): void {
    Atomics.wait(this.control, WAKES, wakes, milliseconds);
  }
}
