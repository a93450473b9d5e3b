/**
 * The door to the outside: the only place where real time and real randomness enter the kernel. Node, a Web Worker and
 * a test each pass their own.
 */
export interface Host {
  /** Milliseconds since an arbitrary start, never going back. */
  readonly monotonicMs: () => number;
  /** Milliseconds since the Unix epoch. */
  wallMs(): number;
  fillRandom(into: Uint8Array): void;
  /** Calls back as soon as the host's own events have had their turn. */
  defer(callback: () => void): void;
  /** Calls back after a delay; the result cancels it. */
  delay(callback: () => void, delayMs: number): () => void;
  /**
   * Blocks the thread for at most so long: a process waits inside a system call and no other has anything to do. May
   * return early. A host that cannot sleep returns at once, and the kernel spins.
   */
  blockThread(ms: number): void;
  /** A process has kept the thread for a while: the host may look for input that its event loop cannot deliver. */
  whileBusy(): void;
}
