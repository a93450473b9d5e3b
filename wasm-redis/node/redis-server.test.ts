import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { encodeCommand } from '../resp/encode.ts';
import { freePort } from './free-port.ts';
import { launch, Launcher, native, TcpClient, temporaryFolder } from './launcher-rig.ts';

const MEGABYTE = 1024 * 1024;

// Every test starts a process or two, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000 });

test('native redis-cli and redis-benchmark talk to it', async () => {
  const { port } = await launch();
  const cli = (...args: string[]): Promise<string> => native('redis-cli', '-p', String(port), ...args);
  expect(await cli('SET', 'bike:1', 'Deimos')).toBe('OK\n');
  expect(await cli('GET', 'bike:1')).toBe('Deimos\n');
  const load = ['-n', '2000', '-c', '50', '-P', '4', '--csv'];
  expect(await native('redis-benchmark', '-p', String(port), ...load, 'INCR', 'visits')).toMatch(/"INCR visits","\d+/);
  expect(await cli('GET', 'visits')).toBe('2000\n');
});

test('SHUTDOWN ends it with code 0, and its clients read the end', async () => {
  const { port, launcher } = await launch();
  const client = new TcpClient(port);
  client.socket.write('SHUTDOWN NOSAVE\r\n');
  await once(client.socket, 'end');
  expect(await launcher.exited).toBe(0);
  expect(launcher.log).toContain('Redis is now ready to exit, bye bye...');
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with code 0', async (signal) => {
  const { launcher } = await launch();
  launcher.process.kill(signal);
  expect(await launcher.exited).toBe(0);
  expect(launcher.log).toContain(`Received ${signal} scheduling shutdown...`);
});

test('a bad option ends it with Redis’s own message', async () => {
  const launcher = new Launcher(['--no-such-option', '1'], temporaryFolder());
  expect(await launcher.exited).toBe(1);
  expect(launcher.log).toContain('*** FATAL CONFIG FILE ERROR (Redis');
  expect(launcher.log).toContain('Bad directive or wrong number of arguments');
});

test('a taken port ends it with Redis’s own message, before it touches a file', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const folder = temporaryFolder();
  const launcher = new Launcher(['--port', String(port), '--bind', '127.0.0.1', '--appendonly', 'yes'], folder);
  expect(await launcher.exited).toBe(1);
  taken.close();
  expect(launcher.log).toContain(
    `Could not create server TCP listening socket 127.0.0.1:${port}: bind: Address in use`,
  );
  expect(launcher.log).toContain(`Failed listening on port ${port} (TCP), aborting.`);
  expect(readdirSync(folder)).toEqual([]);
});

test('a server stuck in a script hears SCRIPT KILL', async () => {
  const { port, launcher } = await launch(['--lua-time-limit', '50']);
  const [stuck, other] = [new TcpClient(port), new TcpClient(port)];
  expect(await other.call('PING')).toBe('PONG');
  const script = stuck.call('EVAL', 'while true do end', 0);
  await launcher.logged('Slow script detected');
  expect(await other.call('PING')).toEqual({ error: expect.stringMatching(/^BUSY /) as string });
  expect(await other.call('SCRIPT', 'KILL')).toBe('OK');
  expect(await script).toEqual({ error: expect.stringContaining('Script killed by user') as string });
});

test('a server stuck in a script lets new clients in, and they stay', async () => {
  const { port, launcher } = await launch(['--lua-time-limit', '50']);
  const stuck = new TcpClient(port);
  const script = stuck.call('EVAL', 'while true do end', 0);
  await launcher.logged('Slow script detected');
  const late = new TcpClient(port);
  expect(await late.call('SCRIPT', 'KILL')).toBe('OK');
  expect(await script).toEqual({ error: expect.stringContaining('Script killed by user') as string });
  const value = 'x'.repeat(MEGABYTE);
  expect(await late.call('SET', 'big', value)).toBe('OK');
  expect(await late.call('GET', 'big')).toBe(value);
  expect(await new TcpClient(port).call('PING')).toBe('PONG');
  const clients = ((await late.call('CLIENT', 'LIST')) as string).trim().split('\n');
  expect(clients).toHaveLength(3);
  late.socket.end();
  await once(late.socket, 'end');
});

test('a reply as deep as Lua’s stack ends in an error, and the server goes on', async () => {
  const { port } = await launch();
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  socket.write(encodeCommand(['EVAL', 'local a = {}; local b = {a}; a[1] = b; return a', 0]));
  while (!received.endsWith('-ERR reached lua stack limit\r\n')) await once(socket, 'data');
  expect(received).toMatch(/^(\*1\r\n){7000,}-ERR/);
  expect(await new TcpClient(port).call('PING')).toBe('PONG');
  socket.destroy();
});

test('keys survive a restart in the same folder, and native redis-check-rdb accepts the file', async () => {
  const first = await launch();
  await new TcpClient(first.port).call('SET', 'bike:1', 'Deimos');
  first.launcher.process.kill('SIGTERM');
  expect(await first.launcher.exited).toBe(0);
  expect(await native('redis-check-rdb', join(first.folder, 'dump.rdb'))).toContain('RDB looks OK!');
  const second = await launch([], first.folder);
  expect(await new TcpClient(second.port).call('GET', 'bike:1')).toBe('Deimos');
});

test('what was acknowledged with an append-only file survives a kill', async () => {
  const { launcher, port, folder } = await launch(['--appendonly', 'yes']);
  const client = new TcpClient(port);
  await client.pipeline(Array.from({ length: 1000 }, () => ['INCR', 'counter']));
  launcher.process.kill('SIGKILL');
  await launcher.exited;
  expect(existsSync(join(folder, 'appendonlydir'))).toBe(true);
  const second = await launch(['--appendonly', 'yes'], folder);
  expect(await new TcpClient(second.port).call('GET', 'counter')).toBe('1000');
});

test('a configuration file, what it includes and the folder it names are the host’s; CONFIG REWRITE writes it', async () => {
  const folder = temporaryFolder();
  const port = await freePort();
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'redis.conf'), `include common.conf\nport ${port}\ndir ./files\n`);
  writeFileSync(join(folder, 'common.conf'), 'maxmemory 100mb\n');
  const launcher = new Launcher(['redis.conf', '--dbfilename', 'own.rdb'], folder);
  await launcher.logged('Ready to accept connections');
  const client = new TcpClient(port);
  expect(await client.call('CONFIG', 'GET', 'maxmemory')).toEqual(['maxmemory', String(100 * MEGABYTE)]);
  expect(await client.call('CONFIG', 'GET', 'dir')).toEqual(['dir', join(folder, 'files')]);
  await client.call('SAVE');
  expect(readdirSync(join(folder, 'files'))).toEqual(['own.rdb']);
  await client.call('CONFIG', 'SET', 'maxclients', '77');
  expect(await client.call('CONFIG', 'REWRITE')).toBe('OK');
  expect(await native('grep', 'maxclients', join(folder, 'redis.conf'))).toBe('maxclients 77\n');
});

test('a configuration can come from standard input', async () => {
  const port = await freePort();
  const launcher = new Launcher(['-'], temporaryFolder(), `port ${port}\nmaxclients 99\n`);
  await launcher.logged('Ready to accept connections');
  expect(await new TcpClient(port).call('CONFIG', 'GET', 'maxclients')).toEqual(['maxclients', '99']);
});

test('nobody is let in once a server that was stuck has ended', async () => {
  const { port, launcher } = await launch(['--lua-time-limit', '50']);
  const stuck = new TcpClient(port);
  void stuck.pipeline([['EVAL', 'while true do end', 0]]);
  await launcher.logged('Slow script detected');
  const killer = new TcpClient(port); // comes in by the side door
  expect(await killer.call('PING')).toEqual({ error: expect.stringMatching(/^BUSY /) as string });
  const ended = once(killer.socket, 'close');
  killer.socket.write('SHUTDOWN NOSAVE\r\n');
  await ended;
  const [refused] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
  expect(refused.code).toBe('ECONNREFUSED');
});
