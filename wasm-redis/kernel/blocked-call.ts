import { ERRNO } from '../build/abi.ts';
import type { Asyncify } from './asyncify.ts';
import type { OpenFile } from './open-file.ts';
import type { Process } from './process.ts';
import type { Part, Snapshot } from './snapshot.ts';

/**
 * The system call in which a process waits, if it does. A program that has been asyncified leaves its code meanwhile, and
 * makes the call again when it is woken; from within a call of any other the kernel runs the other processes.
 */
export class BlockedCall implements Part {
  readonly #process: Process;
  readonly #asyncify: Asyncify | undefined;
  #files: readonly OpenFile[] = [];
  /** Kept while the call is made again and again. */
  #deadlineUs: number | undefined;
  #interrupted = false;

  constructor(process: Process, asyncify: Asyncify | undefined) {
    this.#process = process;
    this.#asyncify = asyncify;
  }

  /** Whether it waits for this file, among others or alone. */
  waitsFor(file: OpenFile): boolean {
    return this.#files.includes(file);
  }

  /**
   * Waits, as a blocking system call does, until `attempt` gives a result, a deadline passes or a signal interrupts.
   *
   * @param attempt does the work if it can, else returns undefined. Called again after each wake-up.
   * @param files whose readiness may change what `attempt` finds
   * @param deadlineUs uptime, Infinity for none; `onTimeout` is the result then
   * @param interruptible whether a handled signal ends the wait with EINTR
   */
  wait(
    attempt: () => number | undefined,
    files: readonly OpenFile[],
    deadlineUs: number,
    onTimeout: number,
    interruptible: boolean,
  ): number {
    const process = this.#process;
    const { clock, scheduler } = process.kernel;
    if (this.#asyncify) {
      this.#deadlineUs ??= deadlineUs;
      let result = attempt();
      if (result === undefined && interruptible && this.#interrupted) result = -ERRNO.EINTR;
      if (result === undefined && clock.uptimeUs() >= this.#deadlineUs) result = onTimeout;
      this.#interrupted = false;
      if (result === undefined) {
        this.#files = files;
        for (const file of files) file.watch(process);
        process.wakeUs = this.#deadlineUs;
        this.#asyncify.unwind();
        return 0;
      }
      this.#deadlineUs = undefined;
      return result;
    }
    for (;;) {
      const result = attempt();
      if (result !== undefined) return result;
      if (clock.uptimeUs() >= deadlineUs) return onTimeout;
      scheduler.runOthers(deadlineUs);
      process.checkKilled();
    }
  }

  /**
   * A call at which the process may have been suspended is made: again, or for the first time. Then what the last one left,
   * if its descriptor had been closed by a signal's handler, is not this one's.
   */
  finishRewind(): void {
    if (!this.#asyncify || this.#asyncify.finishRewind()) return;
    this.#deadlineUs = undefined;
    this.#interrupted = false;
  }

  /** A handler of a signal has run. */
  interrupt(): void {
    this.#interrupted = true;
  }

  /** The process runs, or has ended: its files need not wake it. */
  unwatch(): void {
    for (const file of this.#files) file.unwatch(this.#process);
    this.#files = [];
  }

  remember(snapshot: Snapshot): () => void {
    const [files, deadlineUs, interrupted] = [this.#files, this.#deadlineUs, this.#interrupted];
    for (const file of files) snapshot.add(file);
    return () => {
      this.#files = files;
      this.#deadlineUs = deadlineUs;
      this.#interrupted = interrupted;
    };
  }
}
