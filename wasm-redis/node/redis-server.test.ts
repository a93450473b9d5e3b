import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync, statSync } from 'node:fs';
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

test('CLIENT LIST shows where a connection comes from', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  const info = await client.call('CLIENT', 'INFO');
  expect(info).toContain(` addr=127.0.0.1:${client.socket.localPort} laddr=127.0.0.1:${port} `);
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

test('5,000 commands in one pipeline get 5,000 replies in order', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  const replies = await client.pipeline(Array.from({ length: 5000 }, () => ['INCR', 'counter']));
  expect(replies).toEqual(Array.from({ length: 5000 }, (_, at) => at + 1));
});

test('a client that does not read makes the server keep its replies, and gets them all when it reads', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  await client.call('SET', 'big', 'x'.repeat(MEGABYTE));
  const slow = connect(port, '127.0.0.1').pause();
  await once(slow, 'connect');
  const requests = 40;
  slow.write('GET big\r\n'.repeat(requests));
  const kept = async (): Promise<number> => {
    const clients = (await client.call('CLIENT', 'LIST')) as string;
    const sizes = clients.matchAll(/ omem=(\d+) /g);
    return Math.max(...[...sizes].map(([, bytes]) => Number(bytes)));
  };
  // Sockets on the way hold some megabytes; the rest waits in the server.
  while ((await kept()) < 20 * MEGABYTE);
  let received = 0;
  const expected = requests * (MEGABYTE + '$1048576\r\n\r\n'.length);
  slow.on('data', (bytes) => (received += bytes.length)).resume();
  while (received < expected) await once(slow, 'data');
  expect(received).toBe(expected);
  expect(await kept()).toBe(0);
  slow.destroy();
});

test('a client that writes faster than the server reads loses nothing', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  const value = 'x'.repeat(MEGABYTE);
  const replies = await client.pipeline(Array.from({ length: 30 }, (_, at) => ['APPEND', `key:${at % 3}`, value]));
  expect(replies.at(-1)).toBe(10 * MEGABYTE);
});

test('what one client has sent is there for the server before what another sends afterwards, however much it is', async () => {
  const { launcher, port } = await launch();
  const [first, second] = [new TcpClient(port), new TcpClient(port)];
  await second.call('PING');
  await first.call('CLIENT', 'SETNAME', 'first');
  // So that both are there when the server looks.
  launcher.process.kill('SIGSTOP');
  const size = 100_000;
  await new Promise((resolve) => first.socket.write(`*1\r\n$${size}\r\n${'x'.repeat(size)}`, resolve));
  const listed = second.call('CLIENT', 'LIST');
  await new Promise((resolve) => second.socket.write('', resolve));
  launcher.process.kill('SIGCONT');
  expect(await listed).toMatch(new RegExp(` name=first .* qbuf=${size} `));
});

test('a connection that a command closes is closed before the command’s reply has come', async () => {
  const { port } = await launch();
  const [killer, victim] = [new TcpClient(port), new TcpClient(port)];
  const id = Number(await victim.call('CLIENT', 'ID'));
  const order: string[] = [];
  victim.socket.on('end', () => order.push('closed'));
  await killer.call('CLIENT', 'KILL', 'ID', String(id));
  expect(order).toEqual(['closed']);
});

test('a client that ends its side still gets its replies', async () => {
  const { port } = await launch();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  socket.end('PING\r\n');
  await once(socket, 'end');
  expect(received).toBe('+PONG\r\n');
  socket.destroy();
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

test('CONFIG SET port moves it to another port, but not to a taken one', async () => {
  const { port, launcher } = await launch();
  const client = new TcpClient(port);
  const next = await freePort();
  expect(await client.call('CONFIG', 'SET', 'port', next)).toBe('OK');
  expect(await new TcpClient(next).call('PING')).toBe('PONG');
  const [refused] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
  expect(refused.code).toBe('ECONNREFUSED');
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  expect(await client.call('CONFIG', 'SET', 'port', port)).toEqual({
    error: expect.stringContaining('Unable to listen on this port') as string,
  });
  taken.close();
  expect(launcher.log).toContain('Address in use');
});

test('--port 0 --unixsocket listens on a Unix socket only, and removes it at the end', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'redis.sock');
  const launcher = new Launcher(['--port', '0', '--unixsocket', path], folder);
  await launcher.logged('The server is now ready to accept connections at');
  expect(await native('redis-cli', '-s', path, 'PING')).toBe('PONG\n');
  launcher.process.kill('SIGTERM');
  expect(await launcher.exited).toBe(0);
  expect(existsSync(path)).toBe(false);
});

test('--unixsocketperm is the mode of the socket', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'redis.sock');
  const launcher = new Launcher(['--port', '0', '--unixsocket', path, '--unixsocketperm', '700'], folder);
  await launcher.logged('The server is now ready to accept connections at');
  expect((statSync(path).mode & 0o777).toString(8)).toBe('700');
  expect(await native('redis-cli', '-s', path, 'CONFIG', 'GET', 'unixsocketperm')).toBe('unixsocketperm\n700\n');
});

test('a connection that the server closes in the middle of a long command is closed outside as well', async () => {
  const { port } = await launch(['--enable-debug-command', 'yes']);
  const [client, other] = [new TcpClient(port), new TcpClient(port)];
  const id = (await other.call('CLIENT', 'ID')) as number;
  const closed = once(other.socket, 'close');
  await client.pipeline([['MULTI'], ['CLIENT', 'KILL', 'ID', id], ['DEBUG', 'SLEEP', '0.1'], ['EXEC']]);
  await closed;
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
