import { expect, test } from 'vitest';
import { isDue, nextReview } from './review.ts';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

test('a card that is known again and again comes after 1, 3, 7, 16, 35, 80, 180 and again 180 days', () => {
  let now = NOW;
  let review = nextReview(undefined, true, now);
  const days: number[] = [];
  for (let times = 0; times < 8; times++) {
    days.push((review.dueMs - now) / DAY_MS);
    now = review.dueMs;
    review = nextReview(review, true, now);
  }
  expect(days).toEqual([1, 3, 7, 16, 35, 80, 180, 180]);
});

test('a card that is not known begins anew, in ten minutes', () => {
  const review = nextReview({ step: 5, dueMs: NOW }, false, NOW);
  expect(review).toEqual({ step: 0, dueMs: NOW + 600_000 });
  expect(nextReview(review, true, review.dueMs)).toEqual({ step: 1, dueMs: review.dueMs + DAY_MS });
});

test('a card that is known before it is due keeps its place', () => {
  const review = { step: 3, dueMs: NOW + DAY_MS };
  expect(nextReview(review, true, NOW)).toEqual(review);
});

test('a card is due when it is time, or when it was never seen', () => {
  expect(isDue(undefined, NOW)).toBe(true);
  expect(isDue({ step: 1, dueMs: NOW }, NOW)).toBe(true);
  expect(isDue({ step: 1, dueMs: NOW + 1 }, NOW)).toBe(false);
});
