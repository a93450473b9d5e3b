import { expect, test } from 'vitest';
import { inAnyOrder, words } from './table.ts';

test('a command line is split at spaces outside of quotes', () => {
  expect(words('SET key "two words" "" "a \\"quoted\\" line\\n"')).toEqual([
    'SET',
    'key',
    'two words',
    '',
    'a "quoted" line\n',
  ]);
});

test('any order matches the same items only', () => {
  expect(['b', 'a']).toEqual(inAnyOrder('a', 'b'));
  for (const wrong of [['a'], ['a', 'c'], ['a', 'b', 'b'], 'ab', null]) expect(wrong).not.toEqual(inAnyOrder('a', 'b'));
});
