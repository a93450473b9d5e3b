import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { launch, Launcher, native, TcpClient, temporaryFolder } from './launcher-rig.ts';

const MEGABYTE = 1024 * 1024;

// Every test starts a process or two, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000 });

test('CLIENT LIST shows where a connection comes from', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  const info = await client.call('CLIENT', 'INFO');
  expect(info).toContain(` addr=127.0.0.1:${client.socket.localPort} laddr=127.0.0.1:${port} `);
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
