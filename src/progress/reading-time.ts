/** After so long without a key, a press or a scroll nobody is reading any more. */
const IDLE_MS = 5 * 60_000;

/**
 * Counts the time in which somebody reads: between two signs of life the time that passed, but at most five minutes, and
 * nothing while the page is hidden. It needs no timer.
 */
export class ReadingTime {
  readonly #now: () => number;
  #lastSign: number;
  #visible: boolean;
  #countedMs = 0;

  /** `now` gives milliseconds of a clock that never goes back. */
  constructor(now: () => number, visible: boolean) {
    this.#now = now;
    this.#lastSign = now();
    this.#visible = visible;
  }

  /** Somebody has pressed, typed or scrolled. */
  sign(): void {
    const now = this.#now();
    if (this.#visible) this.#countedMs += Math.min(now - this.#lastSign, IDLE_MS);
    this.#lastSign = now;
  }

  /** The page was hidden, or is shown again. */
  setVisible(visible: boolean): void {
    this.sign();
    this.#visible = visible;
  }

  /** Milliseconds since this was asked last. */
  take(): number {
    this.sign();
    const counted = this.#countedMs;
    this.#countedMs = 0;
    return counted;
  }
}
