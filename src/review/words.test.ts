import { expect, test } from 'vitest';
import { endedWords, restWords } from './words.ts';

const NOON = new Date(2026, 0, 10, 12).getTime();

test('a sitting that has ended is told as it was', () => {
  expect(endedWords(1, 0)).toBe('One card reviewed, known at once.');
  expect(endedWords(12, 0)).toBe('12 cards reviewed, all known at once.');
  expect(endedWords(12, 3)).toBe('12 cards reviewed, 9 known at once, 3 after another look.');
});

test('what comes next has its time today, or its day', () => {
  expect(restWords(3, NOON + 600_000, NOON)).toBe('You have 3 cards; the next one is due at 12:10.');
  expect(restWords(1, new Date(2026, 0, 13, 4).getTime(), NOON)).toBe(
    'You have one card; the next one is due on Tuesday 13 January 2026.',
  );
});

test('without any card it says where cards come from', () => {
  expect(restWords(0, undefined, NOON)).toContain('mark it as done');
});
