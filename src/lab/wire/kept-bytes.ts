import { KEPT_BYTES } from './message.ts';

/** The bytes of a message while it arrives: counted all, kept up to a limit. */
export class KeptBytes {
  readonly #limit: number;
  #kept = new Uint8Array(256);
  #keptCount = 0;
  count = 0;

  constructor(limit = KEPT_BYTES) {
    this.#limit = limit;
  }

  /** Whether all of it is kept. */
  get whole(): boolean {
    return this.count === this.#keptCount;
  }

  add(bytes: Uint8Array): void {
    this.count += bytes.length;
    const taken = bytes.subarray(0, this.#limit - this.#keptCount);
    if (this.#keptCount + taken.length > this.#kept.length) {
      const grown = new Uint8Array(Math.min(this.#limit, 2 * (this.#keptCount + taken.length)));
      grown.set(this.#kept.subarray(0, this.#keptCount));
      this.#kept = grown;
    }
    this.#kept.set(taken, this.#keptCount);
    this.#keptCount += taken.length;
  }

  /** A copy, and nothing is left. */
  take(): Uint8Array {
    const bytes = this.#kept.slice(0, this.#keptCount);
    this.#keptCount = this.count = 0;
    return bytes;
  }
}
