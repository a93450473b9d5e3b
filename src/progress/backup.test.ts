import { expect, test } from 'vitest';
import { BackupError, readBackup, writeBackup } from './backup.ts';
import type { Facts } from './facts.ts';

const ALL = new Map<string, Facts>([
  ['lesson/strings', { done: [true, 5], 'check:bytes': [false, 6], visited: [7, 7], 'time:1a2b': [90_000, 7] }],
  ['card/strings/embstr', { review: [{ step: 2, dueMs: 99 }, 8] }],
  ['log/k3', { lesson: ['strings', 1], question: ['Why 44?', 2], created: [1, 1], deleted: [false, 1] }],
  ['path/four-weeks', { 'check:i-can': [true, 1] }],
  ['plan/four-weeks/interview', { start: ['2026-11-23', 4], hours: [5, 4], days: ['135', 4], before: ['', 4] }],
  ['choice', { route: ['four-weeks/interview', 3], extras: [true, 3] }],
]);

/** A file with one part replaced. */
function file(change: Record<string, unknown>): string {
  return JSON.stringify({ ...(JSON.parse(writeBackup(ALL, 0)) as object), ...change });
}

function messageOf(source: string): string {
  try {
    readBackup(source);
  } catch (error) {
    if (error instanceof BackupError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('what is exported is imported, whole', () => {
  expect(readBackup(writeBackup(ALL, 0))).toEqual(ALL);
});

test('a file of the first version is read, which knew no plans', () => {
  expect(readBackup(file({ version: 1 }))).toEqual(ALL);
});

test.each([
  ['no JSON', 'REDIS0010'],
  ['half a file', writeBackup(ALL, 0).slice(0, 200)],
  ['another kind of JSON', '{"name":"redis-mastery"}'],
  ['an array', '[]'],
  ['null', 'null'],
  ['a newer version', file({ version: 3 })],
  ['an older version that never was', file({ version: 0 })],
  ['a version between two', file({ version: 1.5 })],
  ['no facts', file({ facts: undefined })],
  ['facts of a wrong shape', file({ facts: { 'lesson/a': 5 } })],
  ['an unknown kind', file({ facts: { 'secret/a': {} } })],
  ['a kind that every object has', file({ facts: { 'constructor/a': {} } })],
  ['a kind without a name', file({ facts: { lesson: {} } })],
  ['an unknown field', file({ facts: { 'lesson/a': { streak: [5, 5] } } })],
  ['a value of a wrong type', file({ facts: { 'lesson/a': { done: ['yes', 5] } } })],
  ['a value without its time', file({ facts: { 'lesson/a': { done: [true] } } })],
  ['a negative time', file({ facts: { 'lesson/a': { done: [true, -1] } } })],
  ['a text that is too long', file({ facts: { 'log/a': { why: ['x'.repeat(1_000_001), 1] } } })],
])('%s is refused with a message', (_what, source) => {
  expect(messageOf(source)).toMatchSnapshot();
});
