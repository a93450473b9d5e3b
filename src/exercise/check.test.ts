import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { loadModule } from '../../wasm-redis/node/load-module.ts';
import { RedisClient } from '../../wasm-redis/resp/client.ts';
import { OWN_HOST, TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { readTopology } from '../../wasm-redis/lab/read-topology.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { LESSON_MACHINE } from '../transcript/lesson-machine.ts';
import { checkAssertions } from './check.ts';
import { assertionFields, readCondition } from './read-assertion.ts';

let lab: Lab;
let client: RedisClient;
beforeAll(async () => {
  const machine = createDirectMachine({ ...LESSON_MACHINE, loadModule });
  lab = await startTopology(machine, TOPOLOGIES.single);
  client = await RedisClient.connect(machine, { port: 6379 });
});
afterAll(() => lab.machine.dispose());
beforeEach(() => client.call('FLUSHALL'));

/** Runs commands, then says of each item of a `check:` how it is judged and what was found. */
async function judge(commands: readonly string[], ...items: object[]): Promise<string[]> {
  for (const command of commands) await client.call(...command.split(' '));
  const assertions = items.map((item) => ({
    condition: readCondition(assertionFields.parse({ why: '', ...item })),
    why: '',
  }));
  return (await checkAssertions(lab, assertions)).map(({ verdict, found }) => `${verdict}: ${found}`);
}

test('existence, type, value and number', async () => {
  expect(
    await judge(
      ['SET k 12', 'SET other 1', 'RPUSH l a'],
      { key: 'k' },
      { key: 'other', exists: false },
      { key: 'no' },
      { key: 'l', type: 'list' },
      { key: 'k', value: '12' },
      { key: 'k', value: '13' },
      { key: 'k', value: { min: 10, max: 12 } },
      { key: 'k', value: { max: 11 } },
    ),
  ).toEqual([
    'met: it is a string',
    'unmet: it is a string',
    'unmet: it does not exist',
    'met: it is a list',
    'met: it holds `"12"`',
    'unmet: it holds `"12"`',
    'met: it holds `"12"`',
    'unmet: it holds `"12"`',
  ]);
});

test('lengths of all types', async () => {
  const fill = ['SET s abc', 'RPUSH l 1 2', 'SADD e 1', 'ZADD z 1 a 2 b', 'HSET h f 1', 'XADD x * f 1'];
  const lengths = { s: 3, l: 2, e: 1, z: 2, h: 1, x: 1 };
  const items = Object.entries(lengths).map(([key, length]) => ({ key, length }));
  expect(await judge(fill, ...items, { key: 's', length: { min: 4 } })).toEqual([
    ...Object.values(lengths).map((length) => `met: its length is ${length}`),
    'unmet: its length is 3',
  ]);
});

test('fields, members, scores and items', async () => {
  expect(
    await judge(
      ['HSET h f 1', 'SADD e b a', 'ZADD z 3 a 1 b', 'RPUSH l a b'],
      { key: 'h', field: 'f', value: 1 },
      { key: 'h', field: 'f', value: 2 },
      { key: 'h', field: 'g', exists: false },
      { key: 'h', field: 'g' },
      { key: 'e', member: 'a' },
      { key: 'e', member: 'c' },
      { key: 'z', member: 'a', score: 3 },
      { key: 'z', member: 'a', score: { max: 2 } },
      { key: 'z', member: 'c', exists: false },
      { key: 'l', member: 'b' },
      { key: 'l', member: 'c' },
      { key: 'e', items: ['a', 'b'] },
      { key: 'z', items: ['b', 'a'] },
      { key: 'l', items: ['b', 'a'] },
    ),
  ).toEqual([
    'met: it is `"1"`',
    'unmet: it is `"1"`',
    'met: there is no such field',
    'unmet: there is no such field',
    'met: it is there',
    'unmet: it is not there',
    'met: its score is 3',
    'unmet: its score is 3',
    'met: it is not there',
    'met: it is there',
    'unmet: it is not there',
    expect.stringMatching(/^met: it holds/),
    'met: it holds `"b"`, `"a"`',
    'unmet: it holds `"a"`, `"b"`',
  ]);
});

test('time limits, encodings, settings, INFO, numbers of keys, replies', async () => {
  expect(
    await judge(
      ['SET k 1 EX 60', 'SET n 1', 'HSET h f 1'],
      { key: 'k', ttl: { min: 0, max: 60 } },
      { key: 'k', ttl: { max: 59 } },
      { key: 'n', ttl: 'none' },
      { key: 'n', ttl: { min: 0 } },
      { key: 'n', encoding: 'int' },
      { key: 'n', encoding: 'raw' },
      { config: 'maxmemory-policy', value: 'noeviction' },
      { config: 'maxmemory', value: { min: 1e9 } },
      { config: 'no-such', value: 'x' },
      { info: 'connected_slaves', value: '0' },
      { keys: 3 },
      { keys: { min: 2 }, match: 'k*' },
      { reply: 'MGET n no', value: [1, null] },
      { reply: 'LLEN h', value: 1 },
    ),
  ).toEqual([
    'met: it expires in 60 s',
    'unmet: it expires in 60 s',
    'met: it has no time limit',
    'unmet: it has no time limit',
    'met: it is stored as `int`',
    'unmet: it is stored as `int`',
    'met: it is `"noeviction"`',
    'unmet: it is `"67108864"`',
    'unmet: there is no `no-such`',
    'met: it is `"0"`',
    'met: there are 3',
    'unmet: there are 1',
    'met: the reply is `"1"`, `(nil)`',
    'unmet: the reply is `"(error) WRONGTYPE Operation against a key holding the wrong kind of value"`',
  ]);
});

test('statements about a key of the wrong type wait for the statement about the type', async () => {
  expect(
    await judge(
      ['SET k 1'],
      { key: 'k', type: 'hash' },
      { key: 'k', field: 'f' },
      { key: 'k', length: 2 },
      { key: 'other', field: 'f' },
    ),
  ).toEqual([
    'unmet: it is a string',
    'waiting: `k` is a string',
    'waiting: its length is 1',
    'unmet: there is no key `other`',
  ]);
});

test('a statement may name a node of the page; one that there is not is a mistake of the author', async () => {
  expect(await judge(['SET k v'], { node: 'redis-1', key: 'k' })).toEqual(['met: it is a string']);
  await expect(judge([], { node: 'redis-9', key: 'k' })).rejects.toThrow(
    'expected the name of a node (redis-1) as `node:` in an item of `check:`, found redis-9',
  );
});

test('a server that is not there is an answer', async () => {
  expect(await judge([], { key: 'k', port: 7000 })).toEqual(['unmet: no server answers on port 7000']);
});

test('a server behind a slow link is waited for, one that is stopped is said not to answer', async () => {
  const machine = createDirectMachine({ ...LESSON_MACHINE, loadModule });
  try {
    const { nodes } = readTopology({ nodes: [{ name: 'near' }, { name: 'far' }] });
    const pair = await startTopology(machine, { nodes });
    const check = async (node: string): Promise<string[]> => {
      const condition = readCondition(assertionFields.parse({ why: '', node, key: 'k', exists: false }));
      return (await checkAssertions(pair, [{ condition, why: '' }])).map(
        ({ verdict, found }) => `${verdict}: ${found}`,
      );
    };
    await machine.inject({ type: 'latency', from: OWN_HOST, to: pair.node('far').description.host, latencyMs: 40 });
    expect(await check('far')).toEqual(['met: it does not exist']);
    await pair.node('near').stop();
    expect(await check('near')).toEqual(['unmet: no server answers at `near`']);
  } finally {
    await machine.dispose();
  }
});
