import { createHost } from '../../wasm-redis/direct/host.ts';

const host = createHost();
/** So many commands run before others have their turn: Ctrl-C must get in. */
const STEPS_AT_ONCE = 64;
/** What starting a process counts for. */
const STEPS_OF_PROCESS = 19;
/** So many commands at one instant of the machine mean a loop that nothing outside will end. */
const MOST_STEPS = 50_000;

/**
 * Knows whether a shell has anything to do. Its threads of control (a line, the stages of a pipeline, jobs) either run or
 * wait for something: a process, a pipe, a key, the machine's clock. When all of them wait, the clock may move on.
 */
export class Activity {
  #running = 0;
  #steps = 0;
  #left = STEPS_AT_ONCE;
  /** Counts how often something began to run: whoever compares sees whether anything has happened. */
  epoch = 0;
  #idlers: (() => void)[] = [];
  #watchers: (() => void)[] = [];

  /** Runs a thread of control. */
  async thread<Result>(body: () => Promise<Result>): Promise<Result> {
    this.#enter();
    try {
      return await body();
    } finally {
      this.#leave();
    }
  }

  /** Waits, as a thread that runs, for something that other threads or the machine bring about. */
  async wait<Result>(promise: Promise<Result>): Promise<Result> {
    this.#leave();
    try {
      return await promise;
    } finally {
      this.#enter();
    }
  }

  /** To be awaited before each command. */
  async step(): Promise<void> {
    this.#steps++;
    if (--this.#left > 0) return;
    this.#left = STEPS_AT_ONCE;
    if (this.overrun) this.#tellIdlers();
    await nextTask();
  }

  /** Something has begun that is a lot of work: a process. */
  heavyStep(): void {
    this.#steps += STEPS_OF_PROCESS;
  }

  /** More commands than any useful line needs have run since the clock moved last. */
  get overrun(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** The clock has moved on. */
  forgetSteps(): void {
    this.#steps = 0;
  }

  /** Resolves when every thread waits, or when one is in an endless loop (`overrun`). */
  async idle(): Promise<void> {
    for (;;) {
      if (this.#running > 0 && !this.overrun) await new Promise<void>((resolve) => this.#idlers.push(resolve));
      // A promise that has settled by now wakes its thread before this does.
      await nextTask();
      if (this.#running === 0 || this.overrun) return;
    }
  }

  /** Resolves when something begins to run. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  #enter(): void {
    this.#running++;
    this.epoch++;
    for (const resolve of this.#watchers.splice(0)) resolve();
  }

  #leave(): void {
    if (--this.#running === 0) this.#tellIdlers();
  }

  #tellIdlers(): void {
    for (const resolve of this.#idlers.splice(0)) resolve();
  }
}

/** Resolves when everything that could happen at once has happened, and the host's own events have had a turn. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => host.defer(resolve));
}
