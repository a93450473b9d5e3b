import { expect, test } from 'vitest';
import { CHUNK_BYTES, pageSize } from '../page-size.ts';
import * as list from './list.ts';
import * as set from './set.ts';
import * as sortedSet from './sorted-set.ts';
import * as string from './string.ts';
import { FIRST, start } from './value-rig.ts';

test('of ten megabytes and of a large set only a page is fetched', async () => {
  const { client, run } = await start();
  await client.command('SETRANGE', 'big', 10_000_000, 'end');
  const [length, piece] = await run(string.stringCommands('big', 0));
  expect(length).toMatchObject({ value: 10_000_003 });
  expect(piece).toMatchObject({ bytes: { length: CHUNK_BYTES } });
  const script = "for i=1,5000 do redis.call('SADD','s',i); redis.call('RPUSH','l',i); redis.call('ZADD','z',i,i) end";
  await client.command('EVAL', script, 0);
  const query = { ...FIRST, count: pageSize(500_000, 5000) };
  expect(set.readSet(await run(set.setCommands('s', query))).items.length).toBeLessThan(100);
  expect(list.readList(await run(list.listCommands('l', query)), query).items).toHaveLength(50);
  expect(sortedSet.readSortedSet(await run(sortedSet.sortedSetCommands('z', query)), query).items).toHaveLength(50);
});

test('pages are smaller where elements are large', () => {
  expect(pageSize(5000, 100)).toBe(50);
  expect(pageSize(10_000_000, 500)).toBe(10);
  expect(pageSize(10_000_000, 1)).toBe(1);
});
