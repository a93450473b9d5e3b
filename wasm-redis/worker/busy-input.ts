import type { Call } from './boundary.ts';
import { readCalls } from './call-text.ts';

/** The header by which the service worker marks its answers; whatever else answers at this address knows no queue. */
export const BUSY_INPUT_HEADER = 'x-busy-input';

/** A kernel asks between slices of a few milliseconds; a request takes two or three. So at most a tenth is lost. */
const SHORTEST_INTERVAL_MS = 30;

/** Nobody answered with the header: no service worker controls the page (yet). */
const RETRY_AFTER_MS = 3000;

/**
 * The way into a busy worker. While a server is inside a long script, this thread never returns to its event loop and
 * reads no messages; but a synchronous request works, and the service worker answers it with the calls that the page has left there.
 */
export class BusyInput {
  readonly #url: string;
  readonly #performed: () => number;
  readonly #onCalls: (calls: readonly Call[]) => void;
  #nextMs = 0;

  /**
   * @param url answered by the service worker; gets `?after=<sequence>&wait=<ms>`
   * @param performed the highest sequence number that has been performed
   * @param onCalls gets calls, some of which may have been performed already
   */
  constructor(url: string, performed: () => number, onCalls: (calls: readonly Call[]) => void) {
    this.#url = url;
    this.#performed = performed;
    this.#onCalls = onCalls;
  }

  /**
   * Fetches calls if it is time to. With `waitMs` above 0 the thread has nothing else to do: it then rests until a
   * call comes or the time has passed. Returns false if it could not rest, so the caller must find another way.
   */
  poll(waitMs: number): boolean {
    const nowMs = performance.now();
    if (nowMs < this.#nextMs) return false;
    const request = new XMLHttpRequest();
    request.open('GET', `${this.#url}?after=${String(this.#performed())}&wait=${String(Math.floor(waitMs))}`, false);
    if (!sends(request) || request.getResponseHeader(BUSY_INPUT_HEADER) === null) {
      this.#nextMs = performance.now() + RETRY_AFTER_MS;
      return false;
    }
    this.#nextMs = waitMs > 0 ? 0 : performance.now() + SHORTEST_INTERVAL_MS;
    if (request.responseText !== '') this.#onCalls(readCalls(request.responseText));
    return true;
  }
}

/** A synchronous request reports a network failure (offline, no service worker) by throwing. */
function sends(request: XMLHttpRequest): boolean {
  try {
    request.send();
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
