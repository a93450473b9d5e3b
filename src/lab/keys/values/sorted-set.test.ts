import { expect, test } from 'vitest';
import { bytesOf, escaped } from '../bytes.ts';
import * as sortedSet from './sorted-set.ts';
import { FIRST, KEY, ODD, start } from './value-rig.ts';

test('a sorted set: by rank, with the scores as Redis writes them', async () => {
  const { run } = await start();
  const scores = ['-inf', '-1.5', '0.1', '3', '9007199254740993', '1e300', 'inf'];
  await run(scores.flatMap((score) => sortedSet.addScored(KEY, bytesOf(score), score)));
  await run(sortedSet.addScored(KEY, ODD, ' 2 '));
  const page = sortedSet.readSortedSet(await run(sortedSet.sortedSetCommands(KEY, FIRST)), FIRST);
  expect(page.items.map(({ rank, score }) => `${rank} ${score}`)).toEqual([
    '0 -inf',
    '1 -1.5',
    '2 0.1',
    '3 2',
    '4 3',
    '5 9007199254740992',
    '6 1e+300',
    '7 inf',
  ]);
  expect(page.items[3]?.member).toEqual(ODD);
  await run(sortedSet.removeScored(KEY, ODD));
  const next = { ...FIRST, from: '5', count: 1 };
  expect(sortedSet.readSortedSet(await run(sortedSet.sortedSetCommands(KEY, next)), next)).toMatchObject({
    length: 7,
    next: '6',
    items: [{ rank: 5, score: '1e+300' }],
  });
  expect(() => sortedSet.addScored(KEY, ODD, '1,5')).toThrow('found "1,5"');
  expect(() => sortedSet.addScored(KEY, ODD, 'nan')).toThrow('expected a score');
});

test('positions are those that the server decodes, and a table of scores is not taken for a map', async () => {
  const { client, run } = await start();
  await run([
    ...sortedSet.addPosition(KEY, bytesOf('Bern'), '7.4474', '46.9480'),
    ...sortedSet.addPosition(KEY, ODD, '-68.3', '-54.8'),
  ]);
  const read = async (key: Uint8Array): Promise<sortedSet.ScoredMember[]> => [
    ...sortedSet.readSortedSet(await run(sortedSet.sortedSetCommands(key, FIRST)), FIRST).items,
  ];
  const members = await read(KEY);
  expect(sortedSet.looksLikePositions(members)).toBe(true);
  const positions = sortedSet.readPositions(await run(sortedSet.positionCommands(KEY, members)), members);
  const bern = positions.find(({ member }) => escaped(member) === 'Bern');
  expect(bern?.longitude).toBeCloseTo(7.4474, 4);
  expect(bern?.latitude).toBeCloseTo(46.948, 4);
  expect(positions).toHaveLength(2);
  await client.command('ZADD', 'game', 1200, 'ann', 900, 'ben');
  const game = await read(bytesOf('game'));
  expect([sortedSet.couldBePositions(game), sortedSet.looksLikePositions(game)]).toEqual([true, false]);
  await client.command('ZADD', 'game', 1.5, 'cid');
  expect(sortedSet.couldBePositions(await read(bytesOf('game')))).toBe(false);
});
