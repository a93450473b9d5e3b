import { takenBack } from './connection.ts';
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
  /** Counts how often the machine was put back: what was under way in another time is over. */
  #age = 0;
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

  /** Moves the clock on, from event to event. Rejects with ERESTORED if the machine is put back meanwhile. */
  async advance(us: number): Promise<void> {
    const { clock } = this.#kernel;
    const age = this.#age;
    const target = clock.uptimeUs() + us;
    while (!this.#disposed && (await this.#nextEvent(target, age)));
    clock.advanceTo(target);
    await this.settle();
  }

  /**
   * Moves the clock to the next timer, and so on until `happened`, at most until `limitUs` have passed. Resolves with
   * whether it happened. Rejects with ERESTORED if the machine is put back meanwhile.
   */
  async advanceUntil(happened: () => boolean, limitUs: number): Promise<boolean> {
    const { clock } = this.#kernel;
    const age = this.#age;
    const limit = clock.uptimeUs() + limitUs;
    while (!this.#disposed && (await this.#nextEvent(limit, age))) {
      await this.settle();
      if (happened()) return true;
    }
    clock.advanceTo(limit);
    return false;
  }

  /**
   * Waits for a condition, at most `limitUs` of the machine's time. While the clock stands still it is moved from event
   * to event. Resolves with whether the condition came true. Rejects with ERESTORED if the machine is put back meanwhile.
   */
  async until(condition: () => boolean, limitUs: number): Promise<boolean> {
    const { clock } = this.#kernel;
    const age = this.#age;
    const limit = clock.uptimeUs() + limitUs;
    await this.settle();
    while (!condition()) {
      if (age !== this.#age) throw takenBack();
      if (this.#disposed || clock.uptimeUs() >= limit) return false;
      if (clock.rate === 0) {
        if (!(await this.#nextEvent(limit, age))) clock.advanceTo(limit);
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

  /** Resolves when no process is in the middle of its code. */
  async idle(): Promise<void> {
    // What the host calls back comes between the runs of processes: see `Host.whileBusy` for the one thing that does not.
    await this.#yield();
  }

  /** The machine has been put back: whoever moves the clock stops, and what is ready now runs. */
  restored(): void {
    this.#age++;
    for (const resume of [...this.#afterSlice]) resume();
    this.#schedule();
  }

  /** Runs up to the next timer that is due before `limit`. False if there is none. */
  async #nextEvent(limit: number, age: number): Promise<boolean> {
    await this.settle();
    if (age !== this.#age) throw takenBack();
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
