import { ClockPage } from './clock-page.ts';
import type { Process } from './process.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** Before a process that keeps the thread is asked, by way of its clock reads, to let others run. */
const PREEMPT_AFTER_MS = 12;

/** The time as a process is told it, and the time for which it has had the thread. */
export class ProcessClock implements Part {
  readonly #process: Process;
  readonly #page: ClockPage;
  #runStartMs = 0;
  /** Microseconds that the process has run, by the host's clock. */
  cpuUs = 0;

  constructor(process: Process) {
    this.#process = process;
    this.#page = new ClockPage(process.memory, process.kernel.clock);
  }

  /** From here on the process has the thread. */
  start(): void {
    this.#runStartMs = this.#process.kernel.host.monotonicMs();
    this.#page.write(this.#runStartMs + PREEMPT_AFTER_MS);
  }

  /** The process has run. */
  stop(): void {
    this.cpuUs += (this.#process.kernel.host.monotonicMs() - this.#runStartMs) * 1000;
  }

  /**
   * The process asks for the time. One that has kept the thread for long is in the middle of a command: this is where
   * the others, and signals, get their turn.
   *
   * @returns microseconds since boot
   */
  read(monotonic: boolean): number {
    const { clock, host } = this.#process.kernel;
    if (clock.rate === 0) {
      if (!monotonic) return clock.uptimeUs();
      const us = clock.readStandingUs();
      if (clock.busy) this.#process.letOthersRun();
      return us;
    }
    if (host.monotonicMs() - this.#runStartMs >= PREEMPT_AFTER_MS) this.#process.letOthersRun();
    return clock.uptimeUs();
  }

  /** Where the process wants to find the time. Throws `MemoryFault` if that is not in its memory. */
  placePage(pointer: number): void {
    this.#page.attach(pointer, this.#runStartMs + PREEMPT_AFTER_MS);
  }

  remember(snapshot: Snapshot): () => void {
    const { cpuUs } = this;
    snapshot.add(this.#page);
    return () => void (this.cpuUs = cpuUs);
  }
}
