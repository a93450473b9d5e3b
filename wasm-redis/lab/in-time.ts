import type { Machine } from '../machine.ts';

const STEP_MS = 10;

/**
 * Waits for what the machine shall bring: nothing moves if it comes at this instant, otherwise the clock is moved on, by at
 * most `limitMs`. Resolves with `undefined` if it has not come then; rejects as the promise does.
 */
export async function inTime<T>(
  machine: Pick<Machine, 'settle' | 'advance'>,
  limitMs: number,
  coming: Promise<T>,
): Promise<{ value: T } | undefined> {
  let came: { value: T } | { error: unknown } | undefined;
  coming.then(
    (value) => (came = { value }),
    (error: unknown) => (came = { error }),
  );
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    await machine.settle();
    if (came !== undefined) break;
    if (waitedMs >= limitMs) return undefined;
    await machine.advance(STEP_MS);
  }
  if ('error' in came) throw came.error;
  return came;
}
