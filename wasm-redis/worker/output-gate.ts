/**
 * How many bytes may be on their way to one listener of the page before the process that writes them has to wait.
 * Two of xterm's own chunks: enough that a MONITOR is never slowed down, little enough that Ctrl-C is felt at once.
 */
export const MOST_ON_THE_WAY_BYTES = 128 * 1024;

/**
 * Flow control for one listener: bytes are passed on at once while little is on its way, and the writer waits while
 * there is much. A plain number decides, not a promise, because inside a busy worker no promise is ever continued, and
 * a terminal must still be able to print there.
 */
export class OutputGate {
  #onTheWayBytes = 0;
  #waiting: PromiseWithResolvers<void> | undefined;

  /** Counts bytes that are being posted. Returns what the writer has to wait for, if anything. */
  pass(byteCount: number): Promise<void> | undefined {
    this.#onTheWayBytes += byteCount;
    if (this.#onTheWayBytes <= MOST_ON_THE_WAY_BYTES) return undefined;
    this.#waiting ??= Promise.withResolvers<void>();
    return this.#waiting.promise;
  }

  /** The page has dealt with so many bytes. */
  acknowledge(byteCount: number): void {
    this.#onTheWayBytes -= byteCount;
    if (this.#onTheWayBytes > MOST_ON_THE_WAY_BYTES / 2) return;
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }

  /** Nobody listens any more: lets the writer go on. */
  open(): void {
    this.acknowledge(this.#onTheWayBytes);
  }
}
