/** Random choices, the same for the same seed on every computer. */
export interface Dice {
  /** An integer from 0 up to, not including, a limit. */
  below(limit: number): number;
  /** True in `part` of all cases, 0 to 1. */
  chance(part: number): boolean;
  one<T>(items: readonly [T, ...T[]] | readonly T[]): T;
  /** An integer from `low` to `high`, both possible. */
  between(low: number, high: number): number;
}

/** mulberry32: 32 bits of state, good enough to choose commands, and one line. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (part) => next() < part,
    one: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('There is nothing to choose from.');
      return items[below(items.length)] as T;
    },
    between: (low, high) => low + below(high - low + 1),
  };
}
