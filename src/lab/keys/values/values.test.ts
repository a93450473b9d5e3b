import { expect, test } from 'vitest';
import type { RedisClient } from '../../../../wasm-redis/resp/client.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { startRedis } from '../../../../wasm-redis/tests/rig.ts';
import { bytesOf, escaped, idOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { CHUNK_BYTES, pageSize } from '../page-size.ts';
import * as bitmap from './bitmap.ts';
import * as hyperloglog from './hyperloglog.ts';
import * as list from './list.ts';
import type { PageQuery } from './page.ts';
import * as set from './set.ts';
import * as sortedSet from './sorted-set.ts';
import * as stream from './stream.ts';
import * as string from './string.ts';

/** No UTF-8, a zero, a line end, a quote: as a key, and within values. */
const KEY = Uint8Array.of(0xff, 0x00, 0x0d, 0x0a, 0x22, 0xc3);
const ODD = Uint8Array.of(0xfe, 0x00, 0x80, 0x0a);
const FIRST: PageQuery = { from: '0', count: 10, match: '' };

/** In RESP3, as the panel asks. */
async function start(): Promise<{ client: RedisClient; run: (commands: readonly Command[]) => Promise<RespValue[]> }> {
  const { client } = await startRedis();
  await client.command('HELLO', 3);
  return { client, run: (commands) => client.pipeline(commands) };
}

test('a string of any bytes is read in pieces and written without the loss of one', async () => {
  const { client, run } = await start();
  const every = Uint8Array.from({ length: CHUNK_BYTES + 300 }, (_, at) => (at * 7) & 0xff);
  await client.command('SET', KEY, every, 'EX', 100);
  const [length, piece] = await run(string.stringCommands(KEY, CHUNK_BYTES));
  expect(length).toMatchObject({ value: every.length });
  if (piece?.kind !== 'bulk') throw new Error('there is no piece');
  expect(piece.bytes).toEqual(every.subarray(CHUNK_BYTES));
  const part = { was: piece.bytes, from: CHUNK_BYTES, length: every.length };
  expect(() => string.writeString(KEY, ODD, part)).toThrow('expected 300 bytes, as before, found 4');
  await run([string.writeString(KEY, piece.bytes.toReversed(), part)]);
  expect(await client.command('GETRANGE', KEY, CHUNK_BYTES, -1)).toEqual({
    kind: 'bulk',
    bytes: every.subarray(CHUNK_BYTES).toReversed(),
  });
  await run([string.writeString(KEY, ODD, { was: every, from: 0, length: every.length })]);
  expect(await client.command('GET', KEY)).toEqual({ kind: 'bulk', bytes: ODD });
  expect(await client.call('TTL', KEY)).toBe(100);
});

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

test('a string comes back from each of its forms', () => {
  for (const form of ['text', 'hex', 'bits'] as const) {
    expect(string.readString(string.showString(ODD, form), form, string.hasEscapes(ODD))).toEqual(ODD);
  }
  expect(string.hasEscapes(bytesOf('a\nb'))).toBe(false);
  expect(string.readString('\\n', 'text', false)).toEqual(bytesOf('\\n'));
});

test('JSON is set out in lines, checked, and keeps its numbers and doubled keys', () => {
  const source = '{"id":12345678901234567890,"a":[],"a":[1.10,{"b":"x, [y]: \\"z\\""}]}';
  const shown = string.showString(bytesOf(source), 'JSON');
  expect(shown).toMatchInlineSnapshot(`
    "{
      "id": 12345678901234567890,
      "a": [],
      "a": [
        1.10,
        {
          "b": "x, [y]: \\"z\\""
        }
      ]
    }"
  `);
  expect(string.readString(shown, 'JSON', false)).toEqual(bytesOf(source));
  expect(() => string.readString('{"a":}', 'JSON', false)).toThrow('This is not JSON');
  expect(string.looksLikeJson(bytesOf(source))).toBe(true);
  expect(string.looksLikeJson(bytesOf('12'))).toBe(false);
  expect(string.looksLikeJson(bytesOf('{a}'))).toBe(false);
});

test('a list: pages, push, set, insert, remove at the ends and within', async () => {
  const { client, run } = await start();
  await run(Array.from({ length: 25 }, (_, at): Command => ['RPUSH', KEY, `e${at}`]));
  const query = { ...FIRST, from: '20' };
  expect(list.readList(await run(list.listCommands(KEY, query)), query)).toMatchObject({
    length: 25,
    items: [20, 21, 22, 23, 24].map((index) => ({ index, value: bytesOf(`e${index}`) })),
    next: undefined,
  });
  expect(list.readList(await run(list.listCommands(KEY, FIRST)), FIRST).next).toBe('10');
  await client.command('LTRIM', KEY, 0, 2);
  await run(list.pushElement(KEY, 'head', ODD));
  await run(list.setElement(KEY, 1, bytesOf('same')));
  await run(list.setElement(KEY, 3, bytesOf('same')));
  await run(list.insertElement(KEY, 'AFTER', bytesOf('same'), bytesOf('in')));
  const all = async (): Promise<string[]> =>
    list.readList(await run(list.listCommands(KEY, FIRST)), FIRST).items.map(({ value }) => escaped(value));
  expect(await all()).toEqual(['\\xfe\\x00\\x80\\n', 'same', 'in', 'e1', 'same']);
  await run(list.removeElement(KEY, 1, 5, 'no element is called this'));
  await run(list.removeElement(KEY, 0, 4, ''));
  await run(list.removeElement(KEY, 2, 3, ''));
  expect(await all()).toEqual(['in', 'e1']);
});

test('a set and a hash: every element once, in steps, filtered by the server', async () => {
  const { client, run } = await start();
  const members = Array.from({ length: 700 }, (_, at) => Uint8Array.of(0xff, at >> 8, at & 0xff));
  await client.command('SADD', KEY, ...members);
  await client.command('HSET', 'h', ...members.flatMap((member) => [member, ODD]));
  const found = { set: new Set<string>(), hash: new Set<string>() };
  for (let from: string | undefined = '0'; from !== undefined;) {
    const page = set.readSet(await run(set.setCommands(KEY, { ...FIRST, from })));
    expect(page.items.length).toBeLessThan(100);
    for (const member of page.items) found.set.add(idOf(member));
    from = page.next;
  }
  for (let from: string | undefined = '0'; from !== undefined;) {
    const page = set.readHash(await run(set.hashCommands('h', { ...FIRST, from })));
    for (const { field, value } of page.items) if (escaped(value) === escaped(ODD)) found.hash.add(idOf(field));
    from = page.next;
  }
  expect(found).toEqual({ set: new Set(members.map(idOf)), hash: new Set(members.map(idOf)) });
  await run([...set.addMember('s', ODD), ...set.addMember('s', bytesOf('plain')), ...set.removeMember('s', ODD)]);
  const page = set.readSet(await run(set.setCommands('s', { ...FIRST, match: 'pl*' })));
  expect(page).toEqual({ items: [bytesOf('plain')], length: 1, next: undefined });
  await run([...set.setField('h2', ODD, KEY), ...set.setField('h2', KEY, ODD), ...set.removeField('h2', ODD)]);
  expect(set.readHash(await run(set.hashCommands('h2', FIRST))).items).toEqual([{ field: KEY, value: ODD }]);
});

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

test('a stream: pages, groups, consumers, what is pending, and its end by XACK', async () => {
  const { run } = await start();
  for (let at = 1; at <= 12; at++)
    await run(stream.addEntry(KEY, `${at}-0`, [{ field: ODD, value: bytesOf(`${at}`) }]));
  const first = stream.readStream(await run(stream.streamCommands(KEY, FIRST)), FIRST);
  expect(first).toMatchObject({ length: 12, next: '(10-0' });
  const rest = { ...FIRST, from: '(10-0' };
  const second = stream.readStream(await run(stream.streamCommands(KEY, rest)), rest);
  expect(second.items).toEqual([
    { id: '11-0', fields: [{ field: ODD, value: bytesOf('11') }] },
    { id: '12-0', fields: [{ field: ODD, value: bytesOf('12') }] },
  ]);
  expect(second.next).toBeUndefined();
  const group = Uint8Array.of(0xff);
  await run([...stream.createGroup(KEY, group, '0'), ...stream.deliverNext(KEY, group, ODD)]);
  await run(stream.deliverNext(KEY, group, bytesOf('second')));
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))).toEqual([
    { name: group, consumers: 2, pending: 2, lastDelivered: '2-0', lag: 10 },
  ]);
  const seen = stream.readGroup(await run(stream.groupCommands(KEY, group, 10)));
  expect(seen.consumers).toMatchObject([{ pending: 1 }, { pending: 1 }]);
  expect(seen.pending).toMatchObject([{ id: '1-0', consumer: ODD, deliveries: 1, idleMs: 0 }, { id: '2-0' }]);
  await run([...stream.acknowledge(KEY, group, '1-0'), ...stream.removeEntry(KEY, '3-0')]);
  expect(stream.readGroup(await run(stream.groupCommands(KEY, group, 10))).pending).toHaveLength(1);
  // Redis does not know how far behind a group is once an entry before its place was deleted.
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))[0]?.lag).toBeUndefined();
  await run(stream.removeGroup(KEY, group));
  expect(stream.readGroups(await run(stream.groupsCommands(KEY)))).toEqual([]);
});

test('a HyperLogLog: sparse and dense, its registers, and whether the kept count holds', async () => {
  const { client, run } = await start();
  const read = async (): Promise<hyperloglog.HyperLogLog> => {
    const [reply] = await run(hyperloglog.hyperLogLogCommands(KEY));
    const value = reply?.kind === 'bulk' ? hyperloglog.readHyperLogLog(reply.bytes) : undefined;
    if (!value) throw new Error('there is no HyperLogLog');
    return value;
  };
  await run(hyperloglog.addElement(KEY, ODD));
  expect(await read()).toMatchObject({ encoding: 'sparse', cacheIsValid: false });
  await run(hyperloglog.countCommand(KEY));
  const one = await read();
  expect(one).toMatchObject({ cachedCount: 1n, cacheIsValid: true });
  expect(one.registers.get(0)).toBe(hyperloglog.REGISTERS - 1);
  await run(Array.from({ length: 5000 }, (_, at): Command => ['PFADD', KEY, `visitor:${at}`]));
  const sparse = await read();
  await client.command('PFDEBUG', 'GETREG', KEY);
  const registers = await client.call('PFDEBUG', 'GETREG', KEY);
  const counts = new Map<number, number>();
  for (const value of registers as number[]) counts.set(value, (counts.get(value) ?? 0) + 1);
  const dense = await read();
  expect(dense.encoding).toBe('dense');
  expect(dense.registers).toEqual(counts);
  expect([...sparse.registers.values()].reduce((sum, many) => sum + many, 0)).toBe(hyperloglog.REGISTERS);
  expect(hyperloglog.readHyperLogLog(bytesOf('HYLL is a word of four letters'))).toBeUndefined();
  expect(hyperloglog.looksLikeHyperLogLog(bytesOf('HYLL\u0001'), 20)).toBe(true);
  expect(
    hyperloglog.readHyperLogLog(Uint8Array.from([...bytesOf('HYLL\u0001'), ...Array<number>(15).fill(0)])),
  ).toBeUndefined();
});

test('the registers of a sparse HyperLogLog are those that the server decodes', async () => {
  const { client, run } = await start();
  await run(Array.from({ length: 300 }, (_, at): Command => ['PFADD', KEY, `visitor:${at}`]));
  const [reply] = await run(hyperloglog.hyperLogLogCommands(KEY));
  const value = reply?.kind === 'bulk' ? hyperloglog.readHyperLogLog(reply.bytes) : undefined;
  expect(value?.encoding).toBe('sparse');
  const counts = new Map<number, number>();
  for (const register of (await client.call('PFDEBUG', 'GETREG', KEY)) as number[]) {
    counts.set(register, (counts.get(register) ?? 0) + 1);
  }
  expect(value?.registers).toEqual(counts);
});

test('a bitmap: bits are counted as SETBIT does, and a page goes on behind the end', async () => {
  const { run } = await start();
  await run([...bitmap.setBit(KEY, 0, 1), ...bitmap.setBit(KEY, 9, 1), ...bitmap.setBit(KEY, 300, 1)]);
  const page = bitmap.readBitmap(await run(bitmap.bitmapCommands(KEY, 0)), 0);
  expect(page).toMatchObject({ first: 0, lengthBits: 304, set: 3 });
  expect(page.bits.flatMap((bit, at) => (bit ? [at] : []))).toEqual([0, 9]);
  const later = bitmap.readBitmap(await run(bitmap.bitmapCommands(KEY, 299)), 299);
  expect(later.first).toBe(288);
  expect(later.bits.flatMap((bit, at) => (bit ? [later.first + at] : []))).toEqual([300]);
  expect(later.bits).toHaveLength(128);
  expect([bitmap.bitMove(0, 'ArrowLeft'), bitmap.bitMove(17, 'ArrowUp'), bitmap.bitMove(17, 'End')]).toEqual([
    0, 1, 31,
  ]);
  expect([bitmap.bitMove(125, 'ArrowDown'), bitmap.bitMove(1, 'ArrowDown'), bitmap.bitMove(1, 'x')]).toEqual([
    125,
    17,
    undefined,
  ]);
});

test('pages are smaller where elements are large', () => {
  expect(pageSize(5000, 100)).toBe(50);
  expect(pageSize(10_000_000, 500)).toBe(10);
  expect(pageSize(10_000_000, 1)).toBe(1);
});
