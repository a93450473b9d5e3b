import { expect } from 'vitest';
import type { Machine } from '../machine.ts';
import type { RedisClient } from '../resp/client.ts';

/** Options of a server that keeps what it is told in an append-only file alone. */
export const AOF = ['--appendonly', 'yes', '--save', ''];

/** One key of every type and encoding, with and without expiry. */
export async function fillWithEverything(client: RedisClient): Promise<void> {
  const numbers = Array.from({ length: 600 }, (_, i) => i);
  const commands: (string | number | Uint8Array)[][] = [
    ['SET', 'text', 'v'],
    ['SET', 'number', 12345],
    ['SET', 'binary', Uint8Array.from({ length: 256 }, (_, i) => i)],
    ['SET', 'compressible', 'x'.repeat(10_000)],
    ['SET', 'expiring', 'v', 'EX', 100_000],
    ['RPUSH', 'list', 'a', 'b', 'x'.repeat(9000)],
    ['SADD', 'intset', 1, 2, 3],
    ['SADD', 'set', ...numbers.map((i) => `m${i}`)],
    ['HSET', 'small-hash', 'f', 'v'],
    ['HSET', 'hash', ...numbers.flatMap((i) => [`f${i}`, i])],
    ['ZADD', 'small-zset', 1.5, 'a', '-inf', 'b'],
    ['ZADD', 'zset', ...numbers.flatMap((i) => [i / 3, `m${i}`])],
    ...numbers.map((i) => ['XADD', 'stream', `${i}-1`, 'f', i]),
    ['XGROUP', 'CREATE', 'stream', 'group', 0],
    ['XREADGROUP', 'GROUP', 'group', 'alice', 'COUNT', 10, 'STREAMS', 'stream', '>'],
    ['PFADD', 'hll', ...numbers],
    ['SETBIT', 'bits', 100_000, 1],
    ['FUNCTION', 'LOAD', "#!lua name=lib\nredis.register_function('f', function() return 1 end)"],
    ['SELECT', 9],
    ['SET', 'elsewhere', 'v'],
    ['SELECT', 0],
  ];
  for (const { kind } of await client.pipeline(commands)) expect(kind).not.toBe('error');
}

/** Kills a server, and waits until it is gone. */
export async function kill(
  machine: Machine,
  { pid, exited }: { pid: number; exited: Promise<unknown> },
): Promise<void> {
  await machine.kill(pid, 'SIGKILL');
  await exited;
}
