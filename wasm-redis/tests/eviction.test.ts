import { expect, test } from 'vitest';
import { type RedisClient } from '../resp/client.ts';
import { startRedis } from './rig.ts';

const VALUE = 'x'.repeat(2000);
const OUT_OF_MEMORY = { error: "OOM command not allowed when used memory > 'maxmemory'." };

/** A server that has room for about a thousand of the values. */
async function startSmall(policy: string): Promise<{ client: RedisClient; advance: (ms: number) => Promise<void> }> {
  const { machine, client } = await startRedis(
    '--maxmemory',
    '4mb',
    '--maxmemory-policy',
    policy,
    '--maxmemory-samples',
    '10',
  );
  return { client, advance: (ms) => machine.advance(ms) };
}

async function fill(client: RedisClient, name: string, count: number, ...options: string[]): Promise<void> {
  const replies = await client.pipeline(
    Array.from({ length: count }, (_, i) => ['SET', `${name}:${i}`, VALUE, ...options]),
  );
  expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(['simple']));
}

async function count(client: RedisClient, pattern: string): Promise<number> {
  return ((await client.call('KEYS', pattern)) as string[]).length;
}

async function evicted(client: RedisClient): Promise<number> {
  return Number(/evicted_keys:(\d+)/.exec((await client.call('INFO', 'stats')) as string)![1]);
}

test('noeviction refuses to write when memory is full, and goes on reading', async () => {
  const { client } = await startSmall('noeviction');
  let stored = 0;
  let reply = await client.call('SET', `k:${stored}`, VALUE);
  while (reply === 'OK') reply = await client.call('SET', `k:${++stored}`, VALUE);
  expect(reply).toEqual(OUT_OF_MEMORY);
  expect(stored).toBeGreaterThan(500);
  expect(await client.call('GET', 'k:0')).toBe(VALUE);
  expect(await client.call('EVAL', "return redis.call('SET', 'x', 'y')", 0)).toMatchObject({
    error: expect.stringContaining('OOM'),
  });
  await client.call('DEL', ...Array.from({ length: 100 }, (_, i) => `k:${i}`));
  expect(await client.call('SET', 'again', 'x')).toBe('OK');
  expect(await evicted(client)).toBe(0);
});

test.each(['allkeys-lru', 'allkeys-lfu', 'allkeys-random'])('%s makes room for whatever comes', async (policy) => {
  const { client } = await startSmall(policy);
  await fill(client, 'k', 4000);
  expect(await evicted(client)).toBeGreaterThan(2000);
  expect(await client.call('DBSIZE')).toBeLessThan(2000);
  expect(await client.call('GET', 'k:3999')).toBe(VALUE);
});

test.each(['volatile-lru', 'volatile-lfu', 'volatile-random', 'volatile-ttl'])(
  '%s takes keys with an expiry only',
  async (policy) => {
    const { client } = await startSmall(policy);
    await fill(client, 'lasting', 300);
    await fill(client, 'fleeting', 2000, 'EX', '1000');
    expect(await count(client, 'lasting:*')).toBe(300);
    expect(await evicted(client)).toBeGreaterThan(500);
    await client.call('FLUSHALL');
    const replies = await client.pipeline(Array.from({ length: 3000 }, (_, i) => ['SET', `k:${i}`, VALUE]));
    expect(replies.at(-1)).toEqual({ kind: 'error', text: OUT_OF_MEMORY.error });
  },
);

test.each(['allkeys-lru', 'volatile-lru'])('%s keeps what was used lately', async (policy) => {
  const { client, advance } = await startSmall(policy);
  await fill(client, 'old', 500, 'EX', '100000');
  await advance(60_000);
  await fill(client, 'hot', 100, 'EX', '100000');
  for (let round = 0; round < 5; round++) {
    await advance(60_000);
    await client.pipeline(Array.from({ length: 100 }, (_, i) => ['GET', `hot:${i}`]));
    await fill(client, `new${round}`, 400, 'EX', '100000');
  }
  expect(await count(client, 'hot:*')).toBe(100);
  expect(await count(client, 'old:*')).toBeLessThan(100);
});

test.each(['allkeys-lfu', 'volatile-lfu'])('%s keeps what is used often, though not lately', async (policy) => {
  const { client } = await startSmall(policy);
  await fill(client, 'popular', 100, 'EX', '100000');
  for (let round = 0; round < 50; round++) {
    await client.pipeline(Array.from({ length: 100 }, (_, i) => ['GET', `popular:${i}`]));
  }
  await fill(client, 'new', 3000, 'EX', '100000');
  expect(await count(client, 'popular:*')).toBeGreaterThan(95);
});

test('volatile-ttl takes what would expire first', async () => {
  const { client } = await startSmall('volatile-ttl');
  await fill(client, 'late', 500, 'EX', '100000');
  await fill(client, 'soon', 500, 'EX', '1000');
  await fill(client, 'later', 1000, 'EX', '200000');
  expect(await count(client, 'late:*')).toBeGreaterThan(470);
  expect(await count(client, 'soon:*')).toBeLessThan((await count(client, 'late:*')) / 2);
});

test('lowering maxmemory evicts at once', async () => {
  const { client } = await startSmall('allkeys-lru');
  await client.call('CONFIG', 'SET', 'maxmemory', '20mb');
  await fill(client, 'k', 3000);
  expect(await client.call('CONFIG', 'SET', 'maxmemory', '4mb')).toBe('OK');
  expect(await client.call('SET', 'one', 'more')).toBe('OK');
  const used = Number(/used_memory:(\d+)/.exec((await client.call('INFO', 'memory')) as string)![1]);
  expect(used).toBeLessThan(4.3 * 1024 * 1024);
});
