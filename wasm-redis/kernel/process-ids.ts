/** Where process ids come from. A machine whose processes are known outside takes them from there. */
export interface ProcessIds {
  /** For a program that starts. */
  ofProcess(): number;
  /** For the child that a process forks. */
  ofChild(): number;
  /** Nobody asks for that child any more: its parent has waited for it. */
  release(child: number): void;
  /** What is given next is a part of the machine's state; the function that it returns puts that back. */
  remember(): () => void;
}

const FIRST_PID = 100;

/** One after the other, so that two runs are alike. */
export class CountedIds implements ProcessIds {
  #next = FIRST_PID;

  ofProcess(): number {
    return this.#next++;
  }

  ofChild(): number {
    return this.#next++;
  }

  release(): void {}

  remember(): () => void {
    const next = this.#next;
    return () => void (this.#next = next);
  }
}
