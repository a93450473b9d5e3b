/** A table of texts. Each row has as many cells as the head. */
export interface FidelityTable {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** One part of the page: what has been compared, with its figures, and what is not the same. */
export interface FidelitySection {
  heading: string;
  sentences: readonly string[];
  tables: readonly FidelityTable[];
}

/** 1,234,567 */
export const count = (number: number): string => number.toLocaleString('en-US');

/** With one decimal, rounded down, so that nothing becomes 100 that is not. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0.0 %';
  return `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** `a and b`, `a, b and c`. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
