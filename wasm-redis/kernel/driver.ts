import type { Kernel } from './kernel.ts';

/** How long the machine may keep its thread before the host's own events have their turn. */
const SLICE_MS = 8;
/** The same while the clock stands still, in runs: what happens must not depend on how fast the host is. */
const SLICE_RUNS = 64;

/**
 * Makes a kernel run by itself: as soon as something is ready, and when a timer is due. Between slices the host's
 * events (messages, timers) are served, so a busy machine still hears.
 */
export class Driver {
  readonly #kernel: Kernel;
  #scheduled = false;
  #cancelTimer: (() => void) | undefined;
  #disposed = false;
  #afterSlice = new Set<() => void>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.scheduler.onReady = () => this.#schedule();
  }

  /** Runs until nothing is to be done at this instant. Resolves with microseconds until the next timer, or Infinity. */
  async settle(): Promise<number> {
    do {
      while (this.#slice()) await this.#yield();
      // Listeners that have consumed their output by now let it flow again, and may have made somebody ready.
      await this.#yield();
    } while (!this.#disposed && (this.#kernel.hasPending || this.#kernel.scheduler.hasReady));
    return this.#kernel.scheduler.nextWakeUs() - this.#kernel.clock.uptimeUs();
  }

  /** Moves the clock on, from event to event. */
  async advance(us: number): Promise<void> {
    const { clock } = this.#kernel;
    const target = clock.uptimeUs() + us;
    while (!this.#disposed && (await this.#nextEvent(target)));
    clock.advanceTo(target);
    await this.settle();
  }

  /**
   * Waits for a condition, at most `limitUs` of the machine's time. While the clock stands still it is moved from event
   * to event. Resolves with whether the condition came true.
   */
  async until(condition: () => boolean, limitUs: number): Promise<boolean> {
    const { clock } = this.#kernel;
    const limit = clock.uptimeUs() + limitUs;
    await this.settle();
    while (!condition()) {
      if (this.#disposed || clock.uptimeUs() >= limit) return false;
      if (clock.rate === 0) {
        if (!(await this.#nextEvent(limit))) clock.advanceTo(limit);
        await this.settle();
      } else await this.#sliceOrLimit(limit);
    }
    return true;
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelTimer?.();
    this.#kernel.scheduler.onReady = () => {};
    for (const resume of this.#afterSlice) resume();
  }

  /** Runs up to the next timer that is due before `limit`. False if there is none. */
  async #nextEvent(limit: number): Promise<boolean> {
    await this.settle();
    const next = this.#kernel.scheduler.nextWakeUs();
    if (next > limit) return false;
    this.#kernel.clock.advanceTo(next);
    return true;
  }

  #sliceOrLimit(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const { host, clock } = this.#kernel;
      const done = (): void => {
        cancel();
        this.#afterSlice.delete(done);
        resolve();
      };
      const cancel = host.delay(done, clock.realMsUntil(limit));
      this.#afterSlice.add(done);
    });
  }

  /** Whether there is more to do. */
  #slice(): boolean {
    if (this.#disposed) return false;
    const { clock, scheduler } = this.#kernel;
    const more = clock.rate === 0 ? scheduler.runSlice(Infinity, SLICE_RUNS) : scheduler.runSlice(SLICE_MS);
    this.#kernel.flush();
    return more;
  }

  #yield(): Promise<void> {
    return new Promise((resolve) => this.#kernel.host.defer(resolve));
  }

  #schedule(): void {
    if (this.#scheduled || this.#disposed) return;
    this.#scheduled = true;
    this.#kernel.host.defer(() => {
      this.#scheduled = false;
      if (this.#slice()) this.#schedule();
      else this.#setTimer();
      for (const resume of [...this.#afterSlice]) resume();
    });
  }

  #setTimer(): void {
    const { host, clock, scheduler } = this.#kernel;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const delayMs = clock.realMsUntil(scheduler.nextWakeUs());
    if (delayMs !== Infinity) this.#cancelTimer = host.delay(() => this.#schedule(), delayMs);
  }

  /** The clock runs differently now: timers are set anew. */
  clockChanged(): void {
    this.#schedule();
  }
}
