import type { Clock } from './clock.ts';
import type { LinearMemory } from './memory.ts';
import type { Part } from './snapshot.ts';

/**
 * Where a process finds the time without asking the kernel: the struct of ../native/clock.c, five doubles. The kernel
 * lays it out anew at the start of each run and after others have run in between.
 */
export class ClockPage implements Part {
  readonly #memory: LinearMemory;
  readonly #clock: Clock;
  #pointer = 0;

  constructor(memory: LinearMemory, clock: Clock) {
    this.#memory = memory;
    this.#clock = clock;
  }

  /** The process says where its page is. Throws `MemoryFault` if that is not in its memory. */
  attach(pointer: number, untilMs: number): void {
    this.#memory.range(pointer, 5 * 8);
    this.#pointer = pointer;
    this.write(untilMs);
  }

  remember(): () => void {
    const pointer = this.#pointer;
    return () => void (this.#pointer = pointer);
  }

  /** @param untilMs host time from which on the process has to ask the kernel */
  write(untilMs: number): void {
    if (this.#pointer === 0) return;
    const { anchorHostMs, anchorUs, rate, epochUs } = this.#clock;
    const values = [anchorHostMs, anchorUs, rate * 1000, epochUs, rate === 0 ? 0 : untilMs];
    for (let at = 0; at < values.length; at++) this.#memory.setFloat64(this.#pointer + at * 8, values[at]!);
  }
}
