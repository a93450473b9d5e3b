import { BUSY_INPUT_HEADER } from '../../wasm-redis/worker/ask-service-worker.ts';

/** What a page posts: the calls, as text, that its busy worker has not received yet. */
export interface BusyInputMessage {
  type: 'busy-input';
  /** The absolute path from which the worker will ask. */
  url: string;
  /** The last call's sequence number; 0 for no calls. */
  last: number;
  text: string;
}

export const BUSY_INPUT_FOLDER = '~busy-input/';

/** Workers at one time whose pages may leave calls here; of more, the one that was heard of least recently is forgotten. */
const MOST_WORKERS = 16;
const LONGEST_WAIT_MS = 1000;

/** Calls on their way from pages to workers that cannot read messages. See `wasm-redis/worker/busy-input.ts`. */
export class BusyQueue {
  readonly #left = new Map<string, BusyInputMessage>();
  readonly #waiting = new Map<string, () => void>();

  /** A page leaves calls, in place of those that it left before. */
  leave(message: BusyInputMessage): void {
    this.#left.delete(message.url);
    if (message.last > 0) this.#left.set(message.url, message);
    const [oldest] = this.#left.keys();
    if (this.#left.size > MOST_WORKERS && oldest !== undefined) this.#left.delete(oldest);
    this.#waiting.get(message.url)?.();
  }

  /** Answers a worker: with calls it does not have, else with nothing once `wait` milliseconds have passed. */
  async answer(request: URL): Promise<Response> {
    const after = Number(request.searchParams.get('after'));
    const waitMs = Math.min(Number(request.searchParams.get('wait')), LONGEST_WAIT_MS);
    const path = request.pathname;
    if (waitMs > 0 && !this.#hasCalls(path, after)) {
      await new Promise<void>((resolve) => {
        this.#waiting.set(path, resolve);
        setTimeout(resolve, waitMs);
      });
      this.#waiting.delete(path);
    }
    const text = this.#hasCalls(path, after) ? this.#left.get(path)?.text : '';
    return new Response(text, { headers: { [BUSY_INPUT_HEADER]: '1', 'cache-control': 'no-store' } });
  }

  #hasCalls(path: string, after: number): boolean {
    return (this.#left.get(path)?.last ?? 0) > after;
  }
}
