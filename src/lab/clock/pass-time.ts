import type { Machine } from '../../../wasm-redis/machine.ts';

/** Of the machine's time; between two of them one can stop. */
const SLICE_MS = 1000;

/**
 * Lets time pass on a machine, timer by timer, until it is over or stopped. Resolves with how much has passed. Rejects with
 * what `Machine.advance` rejects with: ERESTORED if the machine is put back meanwhile.
 *
 * @param ms of the machine's time
 * @param onPassed told after each second of it
 */
export async function passTime(
  machine: Machine,
  ms: number,
  stop: AbortSignal,
  onPassed: (passedMs: number) => void,
): Promise<number> {
  let passedMs = 0;
  while (passedMs < ms && !stop.aborted) {
    const slice = Math.min(SLICE_MS, ms - passedMs);
    await machine.advance(slice);
    passedMs += slice;
    onPassed(passedMs);
  }
  return passedMs;
}
