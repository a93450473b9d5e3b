/** The marks of an axis that begins at 0: equal steps of 1, 2 or 5 times a power of ten. */
export interface Scale {
  /** The last mark, not less than the largest value. */
  top: number;
  /** From 0 to `top`. */
  marks: readonly number[];
}

const STEPS = [1, 2, 5, 10];
/** What doubles may be off by: 0.6 in steps of 0.2 is three steps, not four. */
const EXACT = 1 - 1e-9;

/**
 * @param largest 0 or more
 * @param steps how many there may be at most
 * @param whole marks are whole numbers, as for things that are counted
 */
export function scaleTo(largest: number, steps: number, whole = false): Scale {
  const wanted = (largest || 1) / steps;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const exact = power * STEPS.find((step) => power * step >= wanted * EXACT)!;
  const step = whole ? Math.ceil(exact) : exact;
  const count = Math.max(1, Math.ceil((largest / step) * EXACT));
  const marks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: marks.at(-1)!, marks };
}
