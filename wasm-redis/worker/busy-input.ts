import { type Call } from './boundary.ts';
import { readCalls } from './call-text.ts';

/** A kernel asks between slices of a few milliseconds; a request takes two or three. So at most a tenth is lost. */
const SHORTEST_INTERVAL_MS = 30;

/** Nobody has answered: no service worker controls the page (yet). */
const RETRY_AFTER_MS = 3000;

/** Asks at an address and blocks until the answer is there; undefined if nobody answers who knows of calls. */
export type AskForCalls = (url: string) => string | undefined;

/**
 * The way into a busy worker. While a server is inside a long script, this thread never returns to its event loop and
 * reads no messages; but it can ask for the calls that the page has left for it.
 */
export class BusyInput {
  readonly #ask: AskForCalls;
  readonly #url: string;
  #nextMs = 0;

  constructor(ask: AskForCalls, url: string) {
    this.#ask = ask;
    this.#url = url;
  }

  /**
   * The calls that have been left, some of which may have been performed already; none if it is too soon to ask.
   *
   * @param after the highest sequence number that has been performed
   * @param waitMs above 0 the thread has nothing else to do: it rests until a call comes or the time has passed
   */
  poll(after: number, waitMs: number): Call[] {
    const nowMs = performance.now();
    if (nowMs < this.#nextMs) return [];
    const text = this.#ask(`${this.#url}?after=${String(after)}&wait=${String(Math.floor(waitMs))}`);
    if (text === undefined) this.#nextMs = nowMs + RETRY_AFTER_MS;
    else if (waitMs <= 0) this.#nextMs = performance.now() + SHORTEST_INTERVAL_MS;
    return text === undefined || text === '' ? [] : readCalls(text);
  }
}
