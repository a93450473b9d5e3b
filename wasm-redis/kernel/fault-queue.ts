import type { Fault } from '../machine.ts';
import type { Scheduler } from './scheduler.ts';
import { type Part, rememberArray } from './snapshot.ts';

/** A fault and when it happens. */
export interface LaterFault {
  atUs: number;
  fault: Fault;
}

/** The faults that are still to come. What a fault does is in `faults.ts`, which comes with the first of them. */
export class FaultQueue implements Part {
  readonly #scheduler: Scheduler;
  #later: LaterFault[] = [];
  #apply: ((fault: Fault) => void) | undefined;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** The next one first. */
  get later(): readonly LaterFault[] {
    return this.#later;
  }

  /** Uptime of the next fault; Infinity if there is none. */
  get dueUs(): number {
    return this.#later[0]?.atUs ?? Infinity;
  }

  /** What is due at the same time happens in the order of the calls. */
  add(later: LaterFault, apply: (fault: Fault) => void): void {
    this.#apply = apply;
    this.#later.push(later);
    this.#later.sort((a, b) => a.atUs - b.atUs);
    this.#scheduler.wakeAt(this.dueUs);
  }

  /** Applies what is due. */
  run(nowUs: number): void {
    for (let [next] = this.#later; next && next.atUs <= nowUs; [next] = this.#later) {
      this.#later.shift();
      this.#apply?.(next.fault);
    }
    this.#scheduler.wakeAt(this.dueUs);
  }

  remember(): () => void {
    return rememberArray(this.#later);
  }
}
