import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startRedis } from './rig.ts';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Scripts of so many bytes, the same but for their last character before the padding. */
const script = (last: string, bytes: number): string => `return '${last}'`.padEnd(bytes, ' ');

test('a script is known by the digest of its text, whether it is new, was the last one, or is one of several in turns', async () => {
  const { client } = await startRedis();
  const scripts = [20, 1023, 1024, 1025, 5000].flatMap((bytes) => [script('a', bytes), script('b', bytes)]);
  const inTurns = [...scripts, ...scripts.flatMap((text) => [text, text]), ...scripts.toReversed()];
  for (const text of inTurns) {
    expect(await client.call('EVAL', text, 0)).toBe(text.slice(8, 9));
    expect(await client.call('SCRIPT', 'EXISTS', sha1(text))).toEqual([1]);
    expect(await client.call('EVALSHA', sha1(text), 0)).toBe(text.slice(8, 9));
    expect(await client.call('SCRIPT', 'LOAD', text)).toBe(sha1(text));
  }
  expect(await client.call('INFO', 'memory')).toContain(`number_of_cached_scripts:${scripts.length}`);
  await client.call('SCRIPT', 'FLUSH');
  expect(await client.call('EVALSHA', sha1(scripts[0]!), 0)).toMatchObject({
    error: expect.stringContaining('NOSCRIPT'),
  });
});

test('redis.sha1hex() gives the digest of a text of any length, also of none and of the script before', async () => {
  const { client } = await startRedis();
  const body = 'return redis.sha1hex(ARGV[1])';
  for (const text of ['', 'x', body, '', body, 'y'.repeat(1024), 'y'.repeat(1025), 'y'.repeat(1024)]) {
    expect(await client.call('EVAL', body, 0, text)).toBe(sha1(text));
  }
});
