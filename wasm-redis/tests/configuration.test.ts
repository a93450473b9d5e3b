import { expect, test } from 'vitest';
import { readText, run, spawn, startMachine, startRedis, utf8, PORT } from './rig.ts';
import { RedisClient } from '../resp/client.ts';

test('CONFIG REWRITE writes what was changed into the file, and keeps its remarks', async () => {
  const machine = startMachine();
  await machine.writeFile('/etc/redis.conf', utf8('# my server\nport 6379\nmaxmemory 50mb\nsave ""\n'));
  const server = await spawn(machine, { argv: ['redis-server', '/etc/redis.conf', '--hz', '20'] });
  await machine.listening(PORT);
  const client = await RedisClient.connect(machine, { port: PORT });
  expect(await client.call('CONFIG', 'SET', 'maxmemory', '60mb', 'maxmemory-policy', 'allkeys-lfu')).toBe('OK');
  expect(await client.call('CONFIG', 'REWRITE')).toBe('OK');
  const text = await readText(machine, '/etc/redis.conf');
  expect(text).toContain('# my server\nport 6379\nmaxmemory 60mb\n');
  expect(text).toContain('\nmaxmemory-policy allkeys-lfu\n');
  expect(text).toContain('\nhz 20\n');
  await machine.kill(server.pid, 'SIGKILL');
  await machine.spawn({ argv: ['redis-server', '/etc/redis.conf'] });
  await machine.listening(PORT);
  expect((await run(machine, ['redis-cli', 'CONFIG', 'GET', 'maxmemory*'])).stdout.split('\n')).toEqual(
    expect.arrayContaining(['62914560', 'allkeys-lfu']),
  );
});

test('options come from the command line, from standard input and from included files', async () => {
  const machine = startMachine();
  await machine.writeFile('/etc/more.conf', utf8('databases 3\n'));
  await machine.spawn({
    argv: ['redis-server', '-', '--maxmemory-samples', '7'],
    stdin: utf8('include /etc/more.conf\nport 7001\n'),
  });
  await machine.listening(7001);
  const { stdout } = await run(machine, ['redis-cli', '-p', '7001', 'CONFIG', 'GET', 'databases', 'maxmemory-samples']);
  expect(stdout.trim().split('\n').sort()).toEqual(['3', '7', 'databases', 'maxmemory-samples']);
});

test('CONFIG SET is refused as a whole if one value is wrong', async () => {
  const { client } = await startRedis();
  expect(await client.call('CONFIG', 'SET', 'hz', 50, 'port', 'no-port')).toMatchObject({
    error: expect.stringContaining("ERR CONFIG SET failed (possibly related to argument 'port')"),
  });
  expect(await client.call('CONFIG', 'GET', 'hz')).toEqual(['hz', '10']);
  expect(await client.call('CONFIG', 'SET', 'maxmemory', '1gb', 'databases', '3')).toMatchObject({
    error: expect.stringContaining('immutable'),
  });
  expect(await client.call('CONFIG', 'GET', 'maxmemory')).toEqual(['maxmemory', '104857600']);
});

test('a server can change its port while it runs, unless the new one is taken', async () => {
  const { machine, client } = await startRedis();
  expect(await client.call('CONFIG', 'SET', 'port', 7000)).toBe('OK');
  await machine.listening(7000);
  expect((await machine.processes())[0]!.listening).toEqual([7000]);
  expect((await run(machine, ['redis-cli', '-p', '7000', 'PING'])).stdout).toBe('PONG\n');
  await machine.spawn({ argv: ['redis-server', '--port', '7001'] });
  await machine.listening(7001);
  expect(await client.call('CONFIG', 'SET', 'port', 7001)).toMatchObject({
    error: expect.stringContaining('Unable to listen on this port'),
  });
  expect((await run(machine, ['redis-cli', '-p', '7000', 'PING'])).stdout).toBe('PONG\n');
});

test('a Unix socket serves as well as a port', async () => {
  const { machine, client } = await startRedis('--unixsocket', '/tmp/redis.sock', '--unixsocketperm', '700');
  await client.call('SET', 'k', 'v');
  expect((await run(machine, ['redis-cli', '-s', '/tmp/redis.sock', 'GET', 'k'])).stdout).toBe('v\n');
});

test('the hundred-odd parameters are all there', async () => {
  const { client } = await startRedis();
  const parameters = (await client.call('CONFIG', 'GET', '*')) as string[];
  expect(parameters.length / 2).toBeGreaterThan(170);
});
