import { expect, test } from 'vitest';
import { startRedis } from './rig.ts';

/** Few elements are sorted on the stack, many on the heap. */
test.each([3, 20, 700])(
  'SORT ALPHA leaves %d elements that are equal up to a zero byte in their order',
  async (count) => {
    const { client } = await startRedis();
    const elements = Array.from({ length: count }, (_, at) => `${at % 3 === 0 ? 'b' : 'a'}\0${(at * 7919) % count}`);
    await client.call('RPUSH', 'list', ...elements);
    const inOrder = ['a', 'b'].flatMap((first) => elements.filter((element) => element.startsWith(first)));
    expect(await client.call('SORT', 'list', 'ALPHA')).toEqual(inOrder);
  },
);

test('of places at the same distance GEOSEARCH COUNT gives those first that come first in the set', async () => {
  const { client } = await startRedis();
  for (const name of ['d', 'b', 'a', 'c', 'e']) await client.call('GEOADD', 'places', 13.36, 38.11, name);
  const [from, by] = [
    ['FROMLONLAT', 15, 37],
    ['BYRADIUS', 400, 'km'],
  ] as const;
  expect(await client.call('GEOSEARCH', 'places', ...from, ...by, 'ASC')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await client.call('GEOSEARCH', 'places', ...from, ...by, 'COUNT', 2)).toEqual(['a', 'b']);
});

test('of sets with as many members ZUNION takes the first first, and so the sign of its zero', async () => {
  const { client } = await startRedis();
  for (const key of ['a', 'b']) await client.call('ZADD', key, 0, 'member', 1, 'other');
  await client.call('ZADD', 'small', 2, 'other');
  const zeroOf = async (...weights: number[]) => {
    const union = await client.call(
      'ZUNION',
      3,
      'a',
      'b',
      'small',
      'WEIGHTS',
      ...weights,
      'AGGREGATE',
      'MIN',
      'WITHSCORES',
    );
    const words = union as string[];
    return words[words.indexOf('member') + 1];
  };
  expect(await zeroOf(1, -2, 1)).toBe('0');
  expect(await zeroOf(-2, 1, 1)).toBe('-0');
});
