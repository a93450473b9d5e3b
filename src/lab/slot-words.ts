import type { SlotRange } from './lab-view.ts';

/** `0-5460, 6000`; `none` for no ranges. */
export function slotWords(ranges: readonly SlotRange[]): string {
  if (ranges.length === 0) return 'none';
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

/** How many slots the ranges hold. */
export function countSlots(ranges: readonly SlotRange[]): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
