import { expect, test } from 'vitest';
import { plain } from '../resp/plain.ts';
import { startRedis } from './rig.ts';

test('a key is gone one millisecond after its expiry, and not before', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v', 'PX', 1500);
  await machine.advance(1500);
  expect(await client.call('GET', 'k')).toBe('v');
  expect(await client.call('PTTL', 'k')).toBe(0);
  await machine.advance(1);
  expect(await client.call('GET', 'k')).toBe(null);
  expect(await client.call('PTTL', 'k')).toBe(-2);
});

test('keys that nobody reads are expired in the background', async () => {
  const { machine, client } = await startRedis('--enable-debug-command', 'yes');
  for (let i = 0; i < 1000; i++) await client.call('SET', `k${i}`, 'v', 'EX', 1 + (i % 2) * 1000);
  await machine.advance(1500);
  expect(await client.call('DBSIZE')).toBe(500);
  expect(await client.call('INFO', 'stats')).toContain('expired_keys:500');
  await client.call('DEBUG', 'SET-ACTIVE-EXPIRE', 0);
  await machine.advance(2_000_000);
  expect(await client.call('DBSIZE')).toBe(500);
  expect(await client.call('GET', 'k1')).toBe(null);
  expect(await client.call('DBSIZE')).toBe(499);
});

test('a sleep of the machine expires what fell into it', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v', 'EX', 60);
  await machine.jump(3_600_000);
  expect(await client.call('EXISTS', 'k')).toBe(0);
});

test('conditions on an expiry', async () => {
  const { client } = await startRedis();
  await client.call('SET', 'k', 'v');
  expect(await client.call('EXPIRE', 'k', 10, 'XX')).toBe(0);
  expect(await client.call('EXPIRE', 'k', 10, 'GT')).toBe(0);
  expect(await client.call('EXPIRE', 'k', 10, 'LT')).toBe(1);
  expect(await client.call('EXPIRE', 'k', 5, 'GT')).toBe(0);
  expect(await client.call('EXPIRE', 'k', 20, 'GT')).toBe(1);
  expect(await client.call('TTL', 'k')).toBe(20);
});

test('keyspace notifications tell what happens to keys, and of which kind', async () => {
  const { machine, server, client } = await startRedis('--notify-keyspace-events', 'KEA');
  const listener = await server.client();
  const heard: unknown[] = [];
  listener.onPush = (value) => heard.push((plain(value) as string[]).slice(2));
  await listener.call('PSUBSCRIBE', '__key*@0__:*');
  await client.call('SET', 'k', 'v', 'EX', 1);
  await client.call('LPUSH', 'l', 'x');
  await client.call('LPOP', 'l');
  await machine.advance(1200);
  expect(heard).toEqual([
    ['__keyspace@0__:k', 'set'],
    ['__keyevent@0__:set', 'k'],
    ['__keyspace@0__:k', 'expire'],
    ['__keyevent@0__:expire', 'k'],
    ['__keyspace@0__:l', 'lpush'],
    ['__keyevent@0__:lpush', 'l'],
    ['__keyspace@0__:l', 'lpop'],
    ['__keyevent@0__:lpop', 'l'],
    ['__keyspace@0__:l', 'del'],
    ['__keyevent@0__:del', 'l'],
    ['__keyspace@0__:k', 'expired'],
    ['__keyevent@0__:expired', 'k'],
  ]);
});
