import { faultLine, type FaultOrder } from '../../wasm-redis/lab/fault-line.ts';
import { History } from '../../wasm-redis/lab/history.ts';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { type Machine, MachineError } from '../../wasm-redis/machine.ts';
import { watchPageLab } from './page-lab.ts';

/** Of the machine's time, between two automatic saves; and how often one looks whether it is time, of real time. */
const EVERY_MS = 2000;
const LOOK_MS = 500;

const histories = new WeakMap<Machine, Promise<History>>();
let keepers = 0;
let lab: Lab | undefined;

/** The history of a lab's machine, begun by the first call with a save of the present. */
export function historyOf({ machine }: Lab): Promise<History> {
  let history = histories.get(machine);
  if (!history) {
    history = History.of(machine, EVERY_MS);
    histories.set(machine, history);
    // The next call tries again.
    history.catch(() => histories.delete(machine));
  }
  return history;
}

/** Saves the page's machine every two seconds of its time, and before each fault of its lab, until what is returned is called by all who have asked for it. */
export function keepHistory(): () => void {
  keepers++;
  const endWatch = watchPageLab((current) => {
    lab = current;
    if (current) current.beforeFault = (fault, afterMs) => markBefore(current, { fault, afterMs });
  });
  if (keepers === 1) void follow();
  let kept = true;
  return () => {
    if (!kept) return;
    kept = false;
    keepers--;
    endWatch();
  };
}

async function markBefore(current: Lab, order: FaultOrder): Promise<void> {
  if (keepers > 0) await (await historyOf(current)).mark(faultLine(order, current.topology));
}

async function follow(): Promise<void> {
  while (keepers > 0) {
    try {
      if (lab && document.visibilityState === 'visible') await (await historyOf(lab)).follow();
    } catch (error) {
      // Ended, put back or out of room: whoever uses the machine says so.
      if (!(error instanceof MachineError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
