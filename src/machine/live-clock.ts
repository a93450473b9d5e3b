import type { Machine } from '../../wasm-redis/machine.ts';

/** Machines whose clock somebody has set. */
const chosen = new WeakSet<Machine>();

/** Lets time pass as outside, for someone who begins to type; not if it has been set before, by a reader who has paused it too. */
export async function letClockRun(machine: Machine): Promise<void> {
  if (!chosen.has(machine)) await chooseClockRate(machine, 1);
}

/** Sets the clock's rate as a reader wants it. From then on opening a terminal leaves it alone. */
export async function chooseClockRate(machine: Machine, rate: number): Promise<void> {
  chosen.add(machine);
  await machine.setClockRate(rate);
}
