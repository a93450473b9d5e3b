import type { ClockState } from '../machine.ts';
import type { Host } from './host.ts';
import type { Part } from './snapshot.ts';

/**
 * Reads of the monotonic clock in one run of a process that cost no time while it stands still. Redis reads it at the
 * start of a script and within long work; what every command reads is the wall clock.
 */
const FREE_READS = 64;
/**
 * What each further read costs. A script that never ends reads it once per 100,000 Lua instructions, about a
 * millisecond of real time.
 */
const BUSY_READ_US = 20_000;

/**
 * The machine's clock: time since boot in microseconds, and the same as wall time.
 *
 * It follows the host's clock at a rate, or stands still at rate 0 and is moved by `advanceTo`. While it stands still,
 * a process that keeps asking for the time within one run sees it pass all the same: otherwise a script that waits for
 * its time limit would never end.
 */
export class Clock implements Part {
  readonly epochUs: number;
  readonly #host: Host;
  #rate: number;
  /** At this time of the host ... */
  anchorHostMs: number;
  /** ... the machine was up for so long: from here the rate counts. */
  anchorUs = 0;
  #reads = 0;

  /** @param epochMs wall time at boot, milliseconds since the Unix epoch. */
  constructor(host: Host, epochMs: number, rate: number) {
    this.#host = host;
    this.epochUs = Math.round(epochMs * 1000);
    this.#rate = rate;
    this.anchorHostMs = host.monotonicMs();
  }

  get rate(): number {
    return this.#rate;
  }

  /** Microseconds since boot. */
  uptimeUs(): number {
    return this.#rate === 0 ? this.anchorUs : this.uptimeUsAt(this.#host.monotonicMs());
  }

  /** The same, for a reading of the host's monotonic clock in milliseconds. */
  uptimeUsAt(hostMs: number): number {
    return this.anchorUs + Math.floor((hostMs - this.anchorHostMs) * 1000 * this.#rate);
  }

  /** Microseconds since the Unix epoch. */
  wallUs(): number {
    return this.epochUs + this.uptimeUs();
  }

  /** What it shows just now, as it is told outside. */
  get state(): ClockState {
    const uptimeUs = this.uptimeUs();
    return { nowMs: (this.epochUs + uptimeUs) / 1000, uptimeMs: uptimeUs / 1000, rate: this.#rate };
  }

  /** A process starts a run: its next reads are free again. */
  beginRun(): void {
    this.#reads = 0;
  }

  /** Uptime as a process reads it from the monotonic clock while it stands still. */
  readStandingUs(): number {
    if (++this.#reads > FREE_READS) this.anchorUs += BUSY_READ_US;
    return this.anchorUs;
  }

  /** Whether the process that runs has read the clock so often that reading takes time. */
  get busy(): boolean {
    return this.#reads > FREE_READS;
  }

  setRate(rate: number): void {
    if (!(rate >= 0 && Number.isFinite(rate))) throw new RangeError(`A clock's rate is 0 or more, not ${rate}.`);
    this.anchorUs = this.uptimeUs();
    this.anchorHostMs = this.#host.monotonicMs();
    this.#rate = rate;
  }

  /** Moves forward to an uptime. Going back is not possible; an earlier time changes nothing. */
  advanceTo(uptimeUs: number): void {
    const now = this.uptimeUs();
    if (uptimeUs > now) this.anchorUs += uptimeUs - now;
  }

  /** The time, not the rate: how fast it passes is the choice of whoever looks on. */
  remember(): () => void {
    const uptimeUs = this.uptimeUs();
    return () => {
      this.anchorUs = uptimeUs;
      this.anchorHostMs = this.#host.monotonicMs();
    };
  }

  /** Real milliseconds until the clock shows an uptime; Infinity while it stands still. */
  realMsUntil(uptimeUs: number): number {
    if (this.#rate === 0) return Infinity;
    return Math.max(0, (uptimeUs - this.uptimeUs()) / 1000 / this.#rate);
  }
}

/** Microseconds for a distance in milliseconds. Throws unless it is 0 or more. */
export function forwardUs(ms: number): number {
  if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`A clock moves forward by 0 ms or more, not ${ms}.`);
  return ms * 1000;
}
