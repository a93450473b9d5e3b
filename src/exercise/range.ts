/** A number, or limits that are themselves allowed. */
export type Range = number | { min?: number | undefined; max?: number | undefined };

/** Whether the number lies within; a range that is one number is met by that number only. */
export function isWithin(range: Range, number: number): boolean {
  if (typeof range === 'number') return number === range;
  return number >= (range.min ?? -Infinity) && number <= (range.max ?? Infinity);
}

/** `7`, `1 to 60`, `at least 1`, `at most 60`. */
export function describeRange(range: Range): string {
  if (typeof range === 'number') return String(range);
  const { min, max } = range;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  return min !== undefined ? `at least ${min}` : `at most ${max ?? 'anything'}`;
}
