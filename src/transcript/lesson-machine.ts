import type { MachineOptions } from '../../wasm-redis/machine.ts';

/**
 * What every lesson's machine is made from, so that the printed replies are the ones that the page gives too: the same
 * random numbers, and a clock that begins on the first of January 2026 and stands still until a transcript moves it.
 */
export const LESSON_MACHINE = {
  seed: 7015,
  epochMs: Date.UTC(2026, 0, 1),
  clockRate: 0,
} as const satisfies Omit<MachineOptions, 'loadModule'>;
