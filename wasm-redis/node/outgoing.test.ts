import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { launch, TcpClient } from './launcher-rig.ts';

const MEGABYTE = 1024 * 1024;

// Every test starts a process or two, on a computer that may be busy.
vi.setConfig({ testTimeout: 60_000 });

/** Waits, as long as the test may take, until a replica says that its link stands. */
async function linkUp(replica: TcpClient): Promise<void> {
  while (!((await replica.call('INFO', 'replication')) as string).includes('master_link_status:up'));
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

test('a server replicates another one, which knows where it comes from', async () => {
  const primary = await launch(['--repl-diskless-sync-delay', '0']);
  const writer = new TcpClient(primary.port);
  await writer.call('SET', 'bike:1', 'Deimos');
  await writer.call('SET', 'big', 'x'.repeat(3 * MEGABYTE));
  const replica = await launch(['--replicaof', '127.0.0.1', String(primary.port)]);
  const reader = new TcpClient(replica.port);
  await linkUp(reader);
  expect(await reader.call('GET', 'bike:1')).toBe('Deimos');
  expect(await reader.call('STRLEN', 'big')).toBe(3 * MEGABYTE);
  await writer.call('SET', 'bike:1', 'Phobos');
  expect(await writer.call('WAIT', 1, 0)).toBe(1);
  expect(await reader.call('GET', 'bike:1')).toBe('Phobos');
  expect(await writer.call('INFO', 'replication')).toContain(`slave0:ip=127.0.0.1,port=${replica.port},state=online`);
});

test('MIGRATE, which keeps the thread until the other server has answered, moves a key larger than all buffers', async () => {
  const [from, to] = [await launch(), await launch()];
  const client = new TcpClient(from.port);
  const target = new TcpClient(to.port);
  const value = '0123456789abcdef'.repeat(MEGABYTE);
  await client.call('SET', 'big', value);
  expect(await client.call('MIGRATE', '127.0.0.1', to.port, 'big', 0, 60_000)).toBe('OK');
  expect(await client.call('EXISTS', 'big')).toBe(0);
  expect(await target.call('GET', 'big')).toBe(value);
  await client.call('SET', 'small', '1');
  expect(await client.call('MIGRATE', '127.0.0.1', to.port, 'small', 0, 60_000)).toBe('OK');
  expect(await target.call('GET', 'small')).toBe('1');
});

test('MIGRATE fails as it does natively', async () => {
  const { port } = await launch();
  const client = new TcpClient(port);
  await client.call('SET', 'key', 'value');
  const migrate = (host: string, to: number, timeoutMs = 60_000): Promise<unknown> =>
    client.call('MIGRATE', host, to, 'key', 0, timeoutMs);
  const writing = { error: 'IOERR error or timeout writing to target instance' };
  const reading = { error: 'IOERR error or timeout reading to target instance' };
  expect(await migrate('127.0.0.1', await freePort())).toEqual(writing);
  const closing = await listen(createServer((socket) => socket.once('data', () => socket.end())));
  expect(await migrate('127.0.0.1', closing)).toEqual(reading);
  const resetting = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  expect(await migrate('127.0.0.1', resetting)).toEqual(reading);
  const silent = await listen(createServer());
  expect(await migrate('127.0.0.1', silent, 50)).toEqual(reading);
  expect(await migrate('192.0.2.1', 6379)).toEqual({ error: 'IOERR error or timeout connecting to the client' });
  expect(await client.call('GET', 'key')).toBe('value');
});

test('a primary that is not there, and one that closes, are seen as they are', async () => {
  const { port, launcher } = await launch();
  const client = new TcpClient(port);
  await client.call('REPLICAOF', '127.0.0.1', await freePort());
  await launcher.logged('Error condition on socket for SYNC: Connection refused');
  const closing = await listen(createServer((socket) => socket.once('data', () => socket.end())));
  await client.call('REPLICAOF', '127.0.0.1', closing);
  await launcher.logged('Master did not respond to command during SYNC handshake');
});
