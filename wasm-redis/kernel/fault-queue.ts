import type { Fault } from '../machine.ts';
import type { Scheduler } from './scheduler.ts';
import { type Part, rememberArray } from './snapshot.ts';

/** A fault, its number, and when it happens. */
export interface LaterFault {
  id: number;
  atUs: number;
  fault: Fault;
}

/** The faults that are still to come. How they get here, and what they do, is in `faults.ts`, which comes with the first of them. */
export class FaultQueue implements Part {
  readonly #scheduler: Scheduler;
  /** The next one first. Whoever adds to it sets `apply` and wakes the scheduler. */
  readonly later: LaterFault[] = [];
  /** How many were ever added. */
  added = 0;
  apply: ((fault: Fault) => void) | undefined;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Applies what is due. */
  run(nowUs: number): void {
    const { later } = this;
    while (later[0] && later[0].atUs <= nowUs) this.apply?.(later.shift()!.fault);
    if (later[0]) this.#scheduler.wakeAt(later[0].atUs);
  }

  remember(): () => void {
    const [restoreLater, added] = [rememberArray(this.later), this.added];
    return () => {
      restoreLater();
      this.added = added;
    };
  }
}
