import type { Review } from './facts.ts';

const DAY_MS = 86_400_000;
/** Days until a card is seen again, after it was known once, twice, ... in a row. The last one repeats. */
const INTERVAL_DAYS = [1, 3, 7, 16, 35, 80, 180] as const;
/** A card that was not known comes again in the same sitting. */
const AGAIN_MS = 10 * 60_000;

/**
 * The next review of a card. Known: the interval grows to the next of 1, 3, 7, 16, 35, 80, 180 days. Not known: the card
 * begins anew, in ten minutes. A card that is shown before it is due and known keeps its place: cramming does not
 * lengthen an interval.
 */
export function nextReview(before: Review | undefined, known: boolean, nowMs: number): Review {
  if (!known) return { step: 0, dueMs: nowMs + AGAIN_MS };
  if (before && before.step > 0 && nowMs < before.dueMs) return before;
  const step = Math.min((before?.step ?? 0) + 1, INTERVAL_DAYS.length);
  return { step, dueMs: nowMs + (INTERVAL_DAYS[step - 1] ?? 1) * DAY_MS };
}

/** Whether a card is to be shown: it is due, or has never been seen. */
export function isDue(review: Review | undefined, nowMs: number): boolean {
  return !review || review.dueMs <= nowMs;
}
