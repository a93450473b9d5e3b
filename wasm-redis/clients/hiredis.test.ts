import { expect, test, vi } from 'vitest';
import { launch, native, TcpClient } from '../node/launcher-rig.ts';
import { launchCluster } from './deployment.ts';

vi.setConfig({ testTimeout: 120_000 });

test('native redis-cli: RESP3, a big value, scripts, scanning, latency', async () => {
  const { port } = await launch();
  const cli = (...args: string[]): Promise<string> => native('redis-cli', '-p', String(port), ...args);
  await new TcpClient(port).call('SET', 'big', 'x'.repeat(500_000));
  expect(await cli('-3', 'HSET', 'h', 'a', '1')).toBe('1\n');
  expect(await cli('-3', '--json', 'HGETALL', 'h')).toBe('{"a":"1"}\n');
  expect(await cli('GET', 'big')).toHaveLength(500_001);
  expect(await cli('EVAL', 'return {1, {2, ARGV[1]}}', '0', 'x')).toBe('1\n2\nx\n');
  expect((await cli('--scan')).trim().split('\n').sort()).toEqual(['big', 'h']);
  expect(await cli('--bigkeys')).toContain('Biggest string found');
});

test('native redis-benchmark: every command, pipelined and with many clients', async () => {
  const { port } = await launch();
  const output = await native('redis-benchmark', '-p', String(port), '-n', '2000', '-c', '100', '-P', '8', '--csv');
  for (const name of ['SET', 'GET', 'LPUSH', 'ZADD', 'LRANGE_100 (first 100 elements)', 'MSET (10 keys)'])
    expect(output).toContain(`"${name}"`);
  expect(await new TcpClient(port).call('PING')).toBe('PONG');
});

test('native redis-cli and redis-benchmark in a cluster of six of ours', async () => {
  const [port] = await launchCluster();
  const cli = (...args: string[]): Promise<string> => native('redis-cli', '-c', '-p', String(port), ...args);
  for (const key of ['a', 'b', 'c', 'd']) expect(await cli('SET', key, key)).toBe('OK\n');
  for (const key of ['a', 'b', 'c', 'd']) expect(await cli('GET', key)).toBe(`${key}\n`);
  expect(await native('redis-cli', '--cluster', 'check', `127.0.0.1:${port}`)).toContain('All 16384 slots covered.');
  const load = ['-n', '2000', '-r', '10000', '-t', 'set', '--csv'];
  expect(await native('redis-benchmark', '-p', String(port), '--cluster', ...load)).toContain('"SET"');
});
