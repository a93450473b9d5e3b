import { ByteQueue } from './byte-queue.ts';
import type { Part } from './snapshot.ts';
import { Transcript } from './transcript.ts';

/** Bytes on their way to a listener that may be slow, before a writer has to wait. */
const HIGH_WATER_BYTES = 64 * 1024;

/** Receives a copy of its own. What it returns is awaited before its bytes count as consumed. */
export type SinkListener = (bytes: Uint8Array) => void | Promise<void>;

/**
 * The end of the machine where bytes leave it: a terminal's screen, a program's output, a raw connection. It gathers
 * what is written, hands it on in one piece when the scheduler says so, and counts what the listener has not consumed.
 */
export class OutputSink implements Part {
  readonly #listener: SinkListener | undefined;
  readonly #onDrain: () => void;
  readonly #queue = new ByteQueue(Infinity);
  readonly #transcript: Transcript | undefined;
  #unconsumed = 0;

  /**
   * @param onDrain called when a full sink has space again
   * @param keptBytes how much of what has been handed on is kept for `repaint`
   */
  constructor(listener: SinkListener | undefined, onDrain: () => void, keptBytes = 0) {
    this.#listener = listener;
    this.#onDrain = onDrain;
    if (keptBytes > 0) this.#transcript = new Transcript(keptBytes);
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
    this.#transcript?.add(bytes);
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

  /**
   * What the listener has got and not dealt with is on its way still, whatever is put back. A writer that waited because
   * of it is told if it need not any more.
   */
  remember(): () => void {
    const wasFull = this.full;
    const restores = [this.#queue.remember(), this.#transcript?.remember()];
    return () => {
      for (const restore of restores) restore?.();
      if (wasFull && !this.full) this.#onDrain();
    };
  }

  /** Shows again what was shown up to the save, if the listener has been shown other things since, or `always`. */
  repaint(always: boolean): void {
    const bytes = this.#transcript?.takeRepaint(always);
    // Neither delayed nor counted: it is not the machine that writes this.
    if (bytes) void this.#listener?.(bytes);
  }
}
