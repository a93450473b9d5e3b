import { expect, test } from 'vitest';
import { lengthWords, markWords, rateWords, readSeconds, sizeWords, timeWords } from './clock-words.ts';

test('wall time has tenths and says that it is UTC; it never runs ahead', () => {
  expect(timeWords(Date.UTC(2026, 0, 1) + 12_399)).toBe('2026-01-01 00:00:12.3 UTC');
  expect(timeWords(Date.UTC(2025, 11, 31, 23, 59, 59, 999))).toBe('2025-12-31 23:59:59.9 UTC');
});

test.each([
  [0, '0 s'],
  [12_340, '12.3 s'],
  [59_999, '59.9 s'],
  [60_000, '1 min 0 s'],
  [125_300, '2 min 5.3 s'],
  [3_725_300, '1 h 2 min 5.3 s'],
  [3_600_000, '1 h 0 min 0 s'],
])('%i ms are %s', (ms, words) => {
  expect(lengthWords(ms)).toBe(words);
});

test('rates, sizes and saves are said in words', () => {
  expect([0, 1, 10].map(rateWords)).toEqual(['paused', 'at real speed', 'at 10 times real speed']);
  expect([0, 1, 740_000, 9_130_000].map(sizeWords)).toEqual(['0 kB', '1 kB', '740 kB', '9.1 MB']);
  expect(markWords({ label: '' })).toBe('automatic');
  expect(markWords({ label: '', reason: 'kill redis-1' })).toBe('before kill redis-1');
  expect(markWords({ label: 'mine', reason: 'kill redis-1' })).toBe('mine');
});

test('seconds are a number above 0 and up to an hour', () => {
  expect(['10', ' 0.5 ', '1,5', '3600'].map(readSeconds)).toEqual([10_000, 500, 1500, 3_600_000]);
  for (const wrong of ['', '0', '-1', '3601', 'ten', '1e9', 'NaN', '0x10']) expect(readSeconds(wrong)).toBeUndefined();
});
