import { expect, test } from 'vitest';
import type { Facts } from './facts.ts';
import { inWords, summarise } from './summary.ts';

const ALL = new Map<string, Facts>([
  ['lesson/a', { done: [true, 1], 'check:x': [true, 1], 'exercise:e': [true, 1], 'time:1': [60_000, 1] }],
  ['lesson/b', { visited: [1, 1], 'question:q': [true, 1], 'question:r': [false, 1], 'time:2': [5_000, 1] }],
  ['card/b/q', { review: [{ step: 1, dueMs: 100 }, 1] }],
  ['card/b/r', { review: [{ step: 0, dueMs: 50 }, 1] }],
  ['log/one', { question: ['?', 1] }],
  ['log/two', { question: ['?', 1], deleted: [true, 2] }],
]);

test('everything adds up, and what is deleted does not count', () => {
  expect(summarise(ALL, 70)).toEqual({
    lessonsDone: 1,
    lessonsVisited: 2,
    boxesTicked: 1,
    exercisesPassed: 1,
    questionsRight: 1,
    logEntries: 1,
    readMs: 65_000,
    visits: [{ slug: 'b', visitedMs: 1, readMs: 5_000 }],
    due: new Map([['b', 1]]),
  });
});

test('of visits the last five are given, the last one first', () => {
  const visited = (slug: string, at: number): [string, Facts] => [`lesson/${slug}`, { visited: [at, at] }];
  const all = new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((slug, index) => visited(slug, index + 1)));
  expect(summarise(all, 0).visits.map(({ slug }) => slug)).toEqual(['f', 'e', 'd', 'c', 'b']);
});

test('it is said in words, one and many', () => {
  expect(inWords(summarise(ALL, 0))).toBe(
    '1 lesson done, 1 box ticked, 1 exercise passed, 1 question answered, 1 log entry',
  );
  expect(inWords(summarise(new Map(), 0))).toBe('nothing yet');
});
