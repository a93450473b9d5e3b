import { expect, test } from 'vitest';
import { firstSentence, splitInlineCode } from './inline-code.ts';
import { matchesFilter } from './matches-filter.ts';

test('what stands in backticks is code, and markup stays text', () => {
  expect(splitInlineCode('Use `GET`, not <b>')).toEqual([
    { text: 'Use ', code: false },
    { text: 'GET', code: true },
    { text: ', not <b>', code: false },
  ]);
  expect(splitInlineCode('one ` alone')).toEqual([{ text: 'one ` alone', code: false }]);
  expect(splitInlineCode('')).toEqual([]);
});

test('the first sentence does not end in a number or in code', () => {
  expect(firstSentence('Since 6.2.0 it waits. Then not.')).toBe('Since 6.2.0 it waits.');
  expect(firstSentence('Writes `a. B` once. More.')).toBe('Writes `a. B` once.');
  expect(firstSentence('`A` is old. `B` is new.')).toBe('`A` is old.');
  expect(firstSentence('No end')).toBe('No end');
});

test('a filter wants all words, in any order and case', () => {
  const line = 'ZADD Adds members with their scores';
  expect(matchesFilter(line, 'score zadd')).toBe(true);
  expect(matchesFilter(line, 'zadd list')).toBe(false);
  expect(matchesFilter(line, '')).toBe(true);
  expect(matchesFilter(line, '  ZADD ')).toBe(true);
});
