import { expect, test } from 'vitest';
import { type Plain } from '../resp/plain.ts';
import { startRedis } from './rig.ts';

const DEBUG = ['--enable-debug-command', 'yes'];

test('SLOWLOG keeps what took long, by the machine’s clock', async () => {
  const { client } = await startRedis(...DEBUG, '--slowlog-log-slower-than', '100000');
  await client.call('CLIENT', 'SETNAME', 'me');
  await client.call('DEBUG', 'SLEEP', 0.05);
  await client.call('DEBUG', 'SLEEP', 0.2);
  const entries = (await client.call('SLOWLOG', 'GET')) as Plain[][];
  expect(entries).toEqual([
    [0, expect.any(Number), expect.any(Number), ['DEBUG', 'SLEEP', '0.2'], expect.stringMatching(/^127/), 'me'],
  ]);
  expect(entries[0]![2]).toBeGreaterThanOrEqual(200_000);
  expect(entries[0]![2]).toBeLessThan(201_000);
  expect(await client.call('SLOWLOG', 'LEN')).toBe(1);
  await client.call('SLOWLOG', 'RESET');
  expect(await client.call('SLOWLOG', 'GET')).toEqual([]);
});

test('LATENCY remembers spikes and draws them', async () => {
  const { client } = await startRedis(...DEBUG, '--latency-monitor-threshold', '100');
  await client.call('DEBUG', 'SLEEP', 0.3);
  await client.call('DEBUG', 'SLEEP', 1.2);
  expect(await client.call('LATENCY', 'LATEST')).toEqual([['command', expect.any(Number), 1200, 1200]]);
  expect(await client.call('LATENCY', 'HISTORY', 'command')).toEqual([
    [expect.any(Number), 300],
    [expect.any(Number), 1200],
  ]);
  expect(await client.call('LATENCY', 'GRAPH', 'command')).toContain(
    'command - high 1200 ms, low 300 ms (all time high 1200 ms)',
  );
  expect(await client.call('LATENCY', 'DOCTOR')).toContain('command: 2 latency spikes');
  expect(await client.call('LATENCY', 'HISTOGRAM', 'debug')).toEqual([
    'debug',
    ['calls', 2, 'histogram_usec', expect.arrayContaining([2])],
  ]);
  expect(await client.call('LATENCY', 'RESET')).toBe(1);
});

test('INFO tells time, memory and commands', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v');
  await machine.advance(3_661_000);
  const info = Object.fromEntries(
    ((await client.call('INFO', 'everything')) as string)
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => line.split(':', 2) as [string, string]),
  );
  expect(info).toMatchObject({
    redis_version: '7.0.15',
    arch_bits: '32',
    uptime_in_seconds: '3661',
    connected_clients: '1',
    role: 'master',
    aof_enabled: '0',
    maxmemory_human: '100.00M',
    cmdstat_set: expect.stringMatching(/^calls=1,usec=\d+/),
    db0: 'keys=1,expires=0,avg_ttl=0',
  });
  expect(Number(info['used_memory'])).toBeGreaterThan(100_000);
  expect(Number(info['used_memory'])).toBeLessThan(10_000_000);
  expect(Number(info['used_memory_rss'])).toBeGreaterThanOrEqual(Number(info['used_memory']) / 2);
});

test('MEMORY USAGE grows with a value, and MEMORY STATS counts keys', async () => {
  const { client } = await startRedis();
  await client.call('SET', 'small', 'x');
  await client.call('SET', 'large', 'x'.repeat(10_000));
  const usage = async (key: string): Promise<number> => Number(await client.call('MEMORY', 'USAGE', key));
  expect(await usage('large')).toBeGreaterThan((await usage('small')) + 9_000);
  expect(await client.call('MEMORY', 'USAGE', 'missing')).toBe(null);
  const stats = (await client.call('MEMORY', 'STATS')) as Plain[];
  expect(stats[stats.indexOf('keys.count') + 1]).toBe(2);
  expect(await client.call('MEMORY', 'DOCTOR')).toContain('Hi Sam');
});

test('memory that was freed is given back to be used again', async () => {
  const { client } = await startRedis();
  const used = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec((await client.call('INFO', 'memory')) as string)![1]);
  const before = await used();
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 50; i++) await client.call('SET', `k${i}`, 'x'.repeat(100_000));
    expect(await used()).toBeGreaterThan(5_000_000);
    await client.call('FLUSHALL');
  }
  expect(await used()).toBeLessThan(before + 500_000);
});

test('OBJECT tells idle time and, under an LFU policy, frequency', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v');
  await machine.advance(100_500);
  expect(await client.call('OBJECT', 'IDLETIME', 'k')).toBe(100);
  await client.call('GET', 'k');
  expect(await client.call('OBJECT', 'IDLETIME', 'k')).toBe(0);
  await client.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lfu');
  await client.call('SET', 'f', 'v');
  for (let i = 0; i < 100; i++) await client.call('GET', 'f');
  expect(await client.call('OBJECT', 'FREQ', 'f')).toBeGreaterThan(5);
});

test.each([
  ['SET k 12345', 'int'],
  ['SET k short', 'embstr'],
  [`SET k ${'x'.repeat(45)}`, 'raw'],
  ['RPUSH k a b', 'quicklist'],
  ['SADD k 1 2', 'intset'],
  ['SADD k a b', 'hashtable'],
  ['HSET k f v', 'listpack'],
  ['ZADD k 1 a', 'listpack'],
  [`ZADD k 1 ${'x'.repeat(65)}`, 'skiplist'],
  ['XADD k * f v', 'stream'],
])('%s is encoded as %s', async (command, encoding) => {
  const { client } = await startRedis();
  await client.call(...command.split(' '));
  expect(await client.call('OBJECT', 'ENCODING', 'k')).toBe(encoding);
});

test('DEBUG is refused unless it was enabled', async () => {
  const { client } = await startRedis();
  expect(await client.call('DEBUG', 'SLEEP', 0)).toMatchObject({
    error: expect.stringContaining('ERR DEBUG command not allowed'),
  });
});

test('DEBUG looks inside, populates, reloads and quickens', async () => {
  const { machine, client } = await startRedis(...DEBUG, '--appendonly', 'yes');
  expect(await client.call('DEBUG', 'POPULATE', 1000, 'key', 20)).toBe('OK');
  expect(await client.call('DBSIZE')).toBe(1000);
  // What DEBUG POPULATE makes is in no AOF.
  expect(await client.call('BGREWRITEAOF')).toMatch(/^Background append only file rewriting/);
  await machine.advance(1000);
  const digest = await client.call('DEBUG', 'DIGEST');
  expect(digest).toMatch(/^[0-9a-f]{40}$/);
  expect(await client.call('DEBUG', 'RELOAD')).toBe('OK');
  expect(await client.call('DEBUG', 'LOADAOF')).toBe('OK');
  expect(await client.call('DEBUG', 'DIGEST')).toBe(digest);
  expect(await client.call('DEBUG', 'OBJECT', 'key:1')).toMatch(/^Value at:0x[0-9a-f]+ refcount:1 encoding:embstr/);
  expect(await client.call('DEBUG', 'SLEEP', 2)).toBe('OK');
  expect((await machine.clock()).uptimeMs).toBeGreaterThanOrEqual(2000);
});
