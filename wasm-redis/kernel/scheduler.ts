import type { Clock } from './clock.ts';
import type { Host } from './host.ts';
import type { Process } from './process.ts';
import { type Part, rememberSet, type Snapshot } from './snapshot.ts';

/** How long others run before a process that waits inside a system call, or is busy, goes on. */
const NESTED_SLICE_MS = 4;
/** The same while the clock stands still, in runs: what happens must not depend on how fast the host is. */
const NESTED_RUNS = 64;

/**
 * Decides who runs next: first come, first served, one event-loop iteration or one resumption each. A process that
 * waits inside a system call, or that never comes back from a script, lets the others run from within; it is itself
 * never entered a second time.
 */
export class Scheduler implements Part {
  readonly #host: Host;
  readonly #clock: Clock;
  #queue: Process[] = [];
  readonly processes = new Set<Process>();
  /** Called when the queue gets its first entry. */
  onReady: () => void = () => {};
  /** Called after others ran on behalf of a waiting process: output must not wait for it. */
  onNested: () => void = () => {};
  /** Called when a time has come that `wakeAt` asked for. */
  onAlarm: (nowUs: number) => void = () => {};
  #alarmUs = Infinity;

  constructor(host: Host, clock: Clock) {
    this.#host = host;
    this.#clock = clock;
  }

  makeReady(process: Process): void {
    if (process.queued || process.ended || process.stopped) return;
    process.queued = true;
    this.#queue.push(process);
    this.onReady();
  }

  /** `onAlarm` will be called at this uptime. Earlier requests stand; the next one is made when the first has come. */
  wakeAt(uptimeUs: number): void {
    if (uptimeUs >= this.#alarmUs) return;
    this.#alarmUs = uptimeUs;
    this.onReady();
  }

  /** Runs processes for about `budgetMs`, and at most `runs` times. Returns whether there is more to do just now. */
  runSlice(budgetMs: number, runs = Infinity): boolean {
    const until = this.#host.monotonicMs() + budgetMs;
    for (let left = runs; left > 0; left--) {
      const process = this.#next();
      if (!process) return false;
      process.run();
      if (this.#host.monotonicMs() >= until) break;
    }
    return this.hasReady;
  }

  /** Whether somebody could run just now. */
  get hasReady(): boolean {
    return this.#queue.some(({ running }) => !running) || this.nextWakeUs() <= this.#clock.uptimeUs();
  }

  /** Whether a process is in the middle of its code, and has the thread. */
  get inProcess(): boolean {
    for (const { running } of this.processes) if (running) return true;
    return false;
  }

  /** A process is busy, or waits, within a call: the others run, and their output leaves the machine. */
  runNested(): boolean {
    const standing = this.#clock.rate === 0;
    const more = standing ? this.runSlice(Infinity, NESTED_RUNS) : this.runSlice(NESTED_SLICE_MS);
    this.onNested();
    this.#host.whileBusy();
    return more;
  }

  /** Uptime at which the next process wants to be woken, or an alarm is due; Infinity if none is. */
  nextWakeUs(): number {
    let earliest = this.#alarmUs;
    for (const process of this.processes) {
      if (!process.running && !process.stopped && process.wakeUs < earliest) earliest = process.wakeUs;
    }
    return earliest;
  }

  /** A process waits: the others run, or the time passes until something can happen, at most until a deadline. */
  runOthers(deadlineUs: number): void {
    if (this.runNested()) return;
    const nextUs = Math.min(deadlineUs, this.nextWakeUs());
    if (this.#clock.rate !== 0) this.#host.blockThread(Math.min(NESTED_SLICE_MS, this.#clock.realMsUntil(nextUs)));
    else if (nextUs !== Infinity) this.#clock.advanceTo(nextUs);
  }

  remember(snapshot: Snapshot): () => void {
    const queue = [...this.#queue];
    for (const process of this.processes) snapshot.add(process);
    const restoreProcesses = rememberSet(this.processes);
    const alarmUs = this.#alarmUs;
    return () => {
      restoreProcesses();
      this.#alarmUs = alarmUs;
      this.#queue = [...queue];
    };
  }

  #next(): Process | undefined {
    const now = this.#clock.uptimeUs();
    if (this.#alarmUs <= now) {
      this.#alarmUs = Infinity;
      this.onAlarm(now);
    }
    for (const process of this.processes) {
      if (process.wakeUs <= now && !process.queued && !process.running && !process.stopped) {
        process.queued = true;
        this.#queue.push(process);
      }
    }
    for (let looked = this.#queue.length; looked > 0; looked--) {
      const process = this.#queue.shift()!;
      if (process.running) this.#queue.push(process);
      else {
        process.queued = false;
        if (!process.ended && !process.stopped) return process;
      }
    }
    return undefined;
  }
}
