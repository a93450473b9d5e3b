import { expect, onTestFinished, test } from 'vitest';
import { type Contender } from './contender.ts';
import { NativeContender } from './native-contender.ts';
import { nativeVersion } from './native-version.ts';
import { dropNegativeZeros } from './negative-zero.ts';
import { render } from './reply.ts';
import { WasmContender } from './wasm-contender.ts';

const SERVERS: [string, () => Promise<Contender>][] = [['ours', () => WasmContender.start(1)]];
if (nativeVersion() === '7.0.15') SERVERS.push(['native', () => NativeContender.start()]);

/** A small sorted set as a skip list, which it is no more after it has been loaded. */
async function withSkipList(start: () => Promise<Contender>): Promise<Contender> {
  const server = await start();
  onTestFinished(() => server.stop());
  await server.ask('CONFIG', 'SET', 'zset-max-listpack-entries', '0');
  await server.ask('ZADD', 'zset', '-0', 'a', '1', 'b', '0', 'c');
  await server.ask('CONFIG', 'SET', 'zset-max-listpack-entries', '128');
  return server;
}

const digest = async (server: Contender): Promise<string> => render(await server.ask('DEBUG', 'DIGEST'));
const scores = async (server: Contender): Promise<string> => render(await server.ask('ZMSCORE', 'zset', 'a', 'b', 'c'));

test.each(SERVERS)('a score of -0 becomes 0 by saving and loading: %s', async (_name, start) => {
  const server = await withSkipList(start);
  expect(await scores(server)).toBe('*[$"-0" $"1" $"0"]');
  await server.ask('DEBUG', 'RELOAD');
  expect(await scores(server)).toBe('*[$"0" $"1" $"0"]');
});

test.each(SERVERS)('without scores of -0 a file keeps the digest: %s', async (_name, start) => {
  const server = await withSkipList(start);
  await server.ask('SET', 'other', 'x');
  await dropNegativeZeros(server, ['zset', 'other', 'missing']);
  expect(await scores(server)).toBe('*[$"0" $"1" $"0"]');
  const before = await digest(server);
  await server.ask('DEBUG', 'RELOAD');
  expect(await digest(server)).toBe(before);
});
