import { ByteQueue } from './byte-queue.ts';

/** Bytes on their way to a listener that may be slow, before a writer has to wait. */
const HIGH_WATER_BYTES = 64 * 1024;

/** Receives a copy of its own. What it returns is awaited before its bytes count as consumed. */
export type SinkListener = (bytes: Uint8Array) => void | Promise<void>;

/**
 * The end of the machine where bytes leave it: a terminal's screen, a program's output, a raw connection. It gathers
 * what is written, hands it on in one piece when the scheduler says so, and counts what the listener has not consumed.
 */
export class OutputSink {
  readonly #listener: SinkListener | undefined;
  readonly #onDrain: () => void;
  readonly #queue = new ByteQueue(Infinity);
  #unconsumed = 0;

  /** @param onDrain called when a full sink has space again. */
  constructor(listener: SinkListener | undefined, onDrain: () => void) {
    this.#listener = listener;
    this.#onDrain = onDrain;
  }

  /** Bytes that a writer may add before it has to wait. Without a listener nothing is ever kept. */
  get space(): number {
    if (!this.#listener) return Infinity;
    return Math.max(0, HIGH_WATER_BYTES - this.#queue.length - this.#unconsumed);
  }

  get full(): boolean {
    return this.space === 0;
  }

  get pending(): boolean {
    return this.#queue.length > 0;
  }

  write(from: Uint8Array, start: number, count: number): void {
    if (this.#listener) this.#queue.write(from, start, count);
  }

  /** Hands on what has been gathered. */
  flush(): void {
    if (this.#queue.length === 0 || !this.#listener) return;
    const wasFull = this.full;
    const bytes = this.#queue.readAll();
    // Taken now: a listener may pass its copy on to another thread, which leaves it empty.
    const count = bytes.length;
    const consumed = this.#listener(bytes);
    if (!(consumed instanceof Promise)) {
      if (wasFull && !this.full) this.#onDrain();
      return;
    }
    this.#unconsumed += count;
    const settle = (): void => {
      const wasStillFull = this.full;
      this.#unconsumed -= count;
      if (wasStillFull && !this.full) this.#onDrain();
    };
    // A listener that fails has gone away (a closed page): its bytes are consumed as far as the machine is concerned.
    consumed.then(settle, settle);
  }
}
