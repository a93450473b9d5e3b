import { expect, test } from 'vitest';
import { GROUPS, listCommands } from './command.ts';
import { engineCommands } from './engine-commands.ts';
import type { RedisKeySpec } from './engine-reply.ts';
import { describeKeyPlace, FLAGS, KEY_FLAGS, TIPS } from './meanings.ts';

const commands = listCommands(await engineCommands());

test('every flag, tip, key flag and group that the engine names has a meaning', () => {
  const missing = (words: readonly string[], known: Readonly<Record<string, string>>) =>
    [...new Set(words)].filter((word) => !(word in known));
  expect(
    missing(
      commands.flatMap(({ flags }) => flags),
      FLAGS,
    ),
  ).toEqual([]);
  expect(
    missing(
      commands.flatMap(({ tips }) => tips),
      TIPS,
    ),
  ).toEqual([]);
  const specs = commands.flatMap(({ keySpecs }) => keySpecs);
  expect(
    missing(
      specs.flatMap(({ flags }) => flags),
      KEY_FLAGS,
    ),
  ).toEqual([]);
  expect(
    missing(
      commands.map(({ group }) => group),
      Object.fromEntries(GROUPS),
    ),
  ).toEqual([]);
});

test.each([
  ['get', 'Word 1'],
  ['mset', 'Word 1 to the last, every second one'],
  ['blpop', 'Word 1 to the last but 1'],
  ['xread', 'The word after STREAMS to the last, the first half of them'],
  ['eval', 'As many as word 2 says, starting at the word after it'],
  ['zunionstore', 'Word 1'],
  ['sort', 'Word 1'],
])('the place of the keys of %s is described', (name, place) => {
  const spec = commands.find((command) => command.name === name)?.keySpecs[0];
  expect(describeKeyPlace(spec as RedisKeySpec)).toBe(place);
});
