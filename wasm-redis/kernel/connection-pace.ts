import type { Part } from './snapshot.ts';
import { rememberMap } from './snapshot.ts';

/** So many connections from one host to another take no time ... */
export const AT_ONCE = 128;
/** ... and each of them is forgotten after so long. A connection more waits until that is so. */
export const EACH_US = 10_000;

/**
 * How fast connections between two hosts can follow each other. A link without faults has no delay, so a program that
 * connects anew whenever it is refused (a replica without its primary's password) would do so for ever at one instant,
 * and time would never go on. Natively such a loop is slowed down by the network; here by this, without chance: at most
 * `AT_ONCE` in a burst, and one per `EACH_US` in the long run. No program that ends on its own comes near.
 */
export class ConnectionPace implements Part {
  /** By direction: when all connections that were made will be forgotten, in microseconds since boot. */
  readonly #forgottenUs = new Map<string, number>();

  /** Counts a connection that is asked for now. Returns when it may be made: `nowUs`, or later. */
  next(direction: string, nowUs: number): number {
    const before = Math.max(this.#forgottenUs.get(direction) ?? 0, nowUs);
    this.#forgottenUs.set(direction, before + EACH_US);
    return Math.max(nowUs, before - (AT_ONCE - 1) * EACH_US);
  }

  remember(): () => void {
    return rememberMap(this.#forgottenUs);
  }
}
