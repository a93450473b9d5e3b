import type { PipeWriter } from './pipe.ts';
import type { Scheduler } from './scheduler.ts';
import { type Part, rememberArray, type Snapshot } from './snapshot.ts';

interface LateWrite {
  readonly atUs: number;
  readonly pipe: PipeWriter;
  readonly bytes: Uint8Array;
}

/**
 * What a forked child writes into pipes after it has pretended to sleep: its parent finds it there at the time at which the
 * child, had it slept, would have written it. Until then the pipe has a writer.
 */
export class LateWrites implements Part {
  readonly #scheduler: Scheduler;
  readonly #waiting: LateWrite[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** @param atUs uptime, not before that of the write before */
  add(atUs: number, pipe: PipeWriter, bytes: Uint8Array): void {
    this.#waiting.push({ atUs, pipe: pipe.retain(), bytes });
    this.#wake();
  }

  /** Writes what is due. */
  deliver(nowUs: number): void {
    for (let [next] = this.#waiting; next && next.atUs <= nowUs; [next] = this.#waiting) {
      this.#waiting.shift();
      next.pipe.put(next.bytes, 0, next.bytes.length);
      next.pipe.release();
    }
    this.#wake();
  }

  /** The child has been killed: it would not have written it. */
  drop(): void {
    for (const { pipe } of this.#waiting.splice(0)) pipe.release();
  }

  remember(snapshot: Snapshot): () => void {
    for (const { pipe } of this.#waiting) snapshot.add(pipe);
    return rememberArray(this.#waiting);
  }

  #wake(): void {
    const [next] = this.#waiting;
    if (next) this.#scheduler.wakeAt(next.atUs);
  }
}
