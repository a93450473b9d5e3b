/** At most so many rows are in the page at a time. */
export const WINDOW_ROWS = 100;

/** A part of the rows that is shown: `[first, end)`. */
export interface RowWindow {
  first: number;
  end: number;
}

/** The newest rows. */
export function newest(count: number): RowWindow {
  return { first: Math.max(0, count - WINDOW_ROWS), end: count };
}

/**
 * The window moved as little as possible so that a row is in it, and not among the last ones as long as there are others
 * beyond: with the next step one sees where it goes.
 */
export function windowAround(index: number, { first }: RowWindow, count: number): RowWindow {
  const margin = 5;
  const lowest = Math.max(0, index + 1 + margin - WINDOW_ROWS);
  const highest = Math.max(0, index - margin);
  const start = Math.min(Math.max(first, lowest), highest, Math.max(0, count - WINDOW_ROWS));
  return { first: start, end: Math.min(count, start + WINDOW_ROWS) };
}
