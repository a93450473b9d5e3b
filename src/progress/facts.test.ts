import { expect, test } from 'vitest';
import { mergeAll, mergeFacts, withValues } from './facts.ts';

test('of two versions the later of each field is kept, and what only one has', () => {
  const one = { done: [true, 5], 'check:a': [true, 9] } as const;
  const other = { done: [false, 7], 'check:a': [false, 3], visited: [4, 4] } as const;
  const merged = { done: [false, 7], 'check:a': [true, 9], visited: [4, 4] };
  expect(mergeFacts(one, other)).toEqual(merged);
  expect(mergeFacts(other, one)).toEqual(merged);
});

test('two values of the same millisecond merge to the same, whichever comes first', () => {
  const one = { why: ['because', 5] } as const;
  const other = { why: ['no idea', 5] } as const;
  expect(mergeFacts(one, other)).toEqual(mergeFacts(other, one));
});

test('merging a version with itself changes nothing', () => {
  const facts = { done: [true, 5] } as const;
  expect(mergeFacts(facts, facts)).toEqual(facts);
});

test('a field that a clock has set in the future can still be changed', () => {
  const before = { done: [true, 1000], visited: [3, 3] } as const;
  expect(withValues(before, { done: false }, 10)).toEqual({ done: [false, 1001], visited: [3, 3] });
});

test('collections merge thing by thing', () => {
  const one = new Map([['lesson/a', { done: [true, 1] as const }]]);
  const other = new Map([
    ['lesson/a', { 'check:x': [true, 2] as const }],
    ['lesson/b', { done: [true, 3] as const }],
  ]);
  expect(Object.fromEntries(mergeAll(one, other))).toEqual({
    'lesson/a': { done: [true, 1], 'check:x': [true, 2] },
    'lesson/b': { done: [true, 3] },
  });
  expect(one.get('lesson/a')).toEqual({ done: [true, 1] });
});
