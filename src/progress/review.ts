import type { Review } from './facts.ts';

/** Days until a card is seen again, after it was known once, twice, ... in a row. The last one repeats. */
const INTERVAL_DAYS = [1, 3, 7, 16, 35, 80, 180] as const;
/** A card that was not known comes again in the same sitting. */
const AGAIN_MS = 10 * 60_000;
/** The hour at which a day begins: who learns past midnight is not asked the same again ten minutes later. */
const DAY_BEGINS_HOUR = 4;

/**
 * The next review of a card. Known: the interval grows to the next of 1, 3, 7, 16, 35, 80, 180 days, and the card is due
 * from the beginning of that day on, so that a review at nine does not miss what was learnt at ten. Not known: the card
 * begins anew, in ten minutes. A card that is shown before it is due and known keeps its place: cramming does not
 * lengthen an interval.
 */
export function nextReview(before: Review | undefined, known: boolean, nowMs: number): Review {
  if (!known) return { step: 0, dueMs: nowMs + AGAIN_MS };
  if (before && before.step > 0 && nowMs < before.dueMs) return before;
  const step = Math.min((before?.step ?? 0) + 1, INTERVAL_DAYS.length);
  return { step, dueMs: dayBegins(nowMs, INTERVAL_DAYS[step - 1] ?? 1) };
}

/** The first review of a card that nobody has tried yet: tomorrow. */
export function firstReview(nowMs: number): Review {
  return { step: 0, dueMs: dayBegins(nowMs, 1) };
}

/** Whether a card is to be shown: it is due, or has never been seen. */
export function isDue(review: Review | undefined, nowMs: number): boolean {
  return !review || review.dueMs <= nowMs;
}

/** When the day begins that is so many days after the one of `nowMs`, by the clock of the learner's place. */
function dayBegins(nowMs: number, days: number): number {
  const day = new Date(nowMs);
  if (day.getHours() < DAY_BEGINS_HOUR) day.setDate(day.getDate() - 1);
  day.setDate(day.getDate() + days);
  return day.setHours(DAY_BEGINS_HOUR, 0, 0, 0);
}
