import { expect, test } from 'vitest';
import { readStat } from './renderer.ts';

test('a thread whose name has spaces and brackets is read with its user and system time', () => {
  const line = '71 (Worker (a) b) S 1 1 0 0 -1 64 5 0 0 0 108 18 0 0 20 0 14 0 2353464 1556752 55428';
  expect(readStat(line)).toEqual({ name: 'Worker (a) b', ms: 1260 });
});
