import { expect, test } from 'vitest';
import { firstReview, isDue, nextReview } from './review.ts';

/** Noon, by the clock of wherever the test runs. */
const NOW = new Date(2026, 0, 10, 12).getTime();
const dayOf = (ms: number): string => {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()} ${date.getHours()}:${date.getMinutes()}`;
};
/** Days of the calendar, whatever the clocks do in between. */
const daysBetween = (from: number, to: number): number =>
  Math.round((new Date(to).setHours(12, 0, 0, 0) - new Date(from).setHours(12, 0, 0, 0)) / 86_400_000);

test('a card that is known again and again comes after 1, 3, 7, 16, 35, 80, 180 and again 180 days', () => {
  let now = NOW;
  let review = nextReview(undefined, true, now);
  const days: number[] = [];
  for (let times = 0; times < 8; times++) {
    days.push(daysBetween(now, review.dueMs));
    now = review.dueMs;
    review = nextReview(review, true, now);
  }
  expect(days).toEqual([1, 3, 7, 16, 35, 80, 180, 180]);
});

test('a card is due from the morning of its day on, whenever it was seen', () => {
  expect(dayOf(nextReview(undefined, true, NOW).dueMs)).toBe('2026-1-11 4:0');
  const pastMidnight = new Date(2026, 0, 11, 1).getTime();
  expect(dayOf(nextReview(undefined, true, pastMidnight).dueMs)).toBe('2026-1-11 4:0');
  expect(firstReview(NOW)).toEqual({ step: 0, dueMs: new Date(2026, 0, 11, 4).getTime() });
});

test('a card that is not known begins anew, in ten minutes', () => {
  const review = nextReview({ step: 5, dueMs: NOW }, false, NOW);
  expect(review).toEqual({ step: 0, dueMs: NOW + 600_000 });
  const known = nextReview(review, true, review.dueMs);
  expect([known.step, daysBetween(NOW, known.dueMs)]).toEqual([1, 1]);
});

test('a card that is known before it is due keeps its place', () => {
  const review = { step: 3, dueMs: NOW + 1 };
  expect(nextReview(review, true, NOW)).toEqual(review);
});

test('a card is due when it is time, or when it was never seen', () => {
  expect(isDue(undefined, NOW)).toBe(true);
  expect(isDue({ step: 1, dueMs: NOW }, NOW)).toBe(true);
  expect(isDue({ step: 1, dueMs: NOW + 1 }, NOW)).toBe(false);
});
