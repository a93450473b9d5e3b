import { expect, test } from 'vitest';
import { type Plain, plain } from '../resp/plain.ts';
import { startRedis, watch } from './rig.ts';

/** CLIENT LIST as one record for each client. */
function parseClients(list: Plain): Record<string, string>[] {
  return (list as string)
    .trimEnd()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(' ').map((field) => field.split('=', 2))) as Record<string, string>);
}

test('CLIENT LIST tells of each client what it is and does', async () => {
  const { machine, server, client } = await startRedis();
  const other = await server.client();
  await other.call('CLIENT', 'SETNAME', 'other');
  await other.call('SELECT', 5);
  await machine.advance(30_500);
  const clients = parseClients(await client.call('CLIENT', 'LIST'));
  expect(clients).toHaveLength(2);
  expect(clients[1]).toMatchObject({
    name: 'other',
    db: '5',
    idle: '30',
    age: '30',
    cmd: 'select',
    flags: 'N',
    resp: '2',
  });
  expect(clients[0]).toMatchObject({ cmd: 'client|list', idle: '0', user: 'default' });
});

test('CLIENT KILL ends connections by id, address, type and age of user', async () => {
  const { server, client } = await startRedis();
  const byId = await server.client();
  expect(await client.call('CLIENT', 'KILL', 'ID', (await byId.call('CLIENT', 'ID')) as number)).toBe(1);
  await byId.ended;
  const byAddress = await server.client();
  const { addr } = parseClients(await byAddress.call('CLIENT', 'INFO'))[0]!;
  expect(await client.call('CLIENT', 'KILL', addr!)).toBe('OK');
  await byAddress.ended;
  expect(await client.call('CLIENT', 'KILL', 'ADDR', addr!, 'SKIPME', 'no')).toBe(0);
  const all = [await server.client(), await server.client()];
  await Promise.all(all.map((one) => one.call('PING')));
  expect(await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')).toBe(2);
  await Promise.all(all.map(({ ended }) => ended));
  expect(await client.call('CLIENT', 'KILL', 'SKIPME', 'no', 'TYPE', 'normal')).toBe(1);
  await client.ended;
});

test('a client that is idle for too long is closed', async () => {
  const { machine, client } = await startRedis('--timeout', '10');
  await client.call('PING');
  await machine.advance(9000);
  await client.call('PING');
  await machine.advance(12_000);
  await client.ended;
});

test('CLIENT PAUSE holds commands back until its time is over or it is taken back', async () => {
  const { machine, server, client } = await startRedis();
  const other = await server.client();
  expect(await client.call('CLIENT', 'PAUSE', 1000, 'WRITE')).toBe('OK');
  const writing = other.call('SET', 'k', 'v');
  const written = watch(writing);
  expect(await client.call('GET', 'k')).toBe(null);
  await machine.advance(900);
  expect(written.settled()).toBe(false);
  await machine.advance(200);
  expect(await writing).toBe('OK');
  expect(await client.call('CLIENT', 'PAUSE', 1_000_000, 'WRITE')).toBe('OK');
  const incrementing = other.call('INCR', 'n');
  await machine.advance(500);
  expect(await client.call('GET', 'n')).toBe(null);
  expect(await client.call('CLIENT', 'UNPAUSE')).toBe('OK');
  expect(await incrementing).toBe(1);
  expect(await client.call('CLIENT', 'PAUSE', 500, 'ALL')).toBe('OK');
  const reading = other.call('GET', 'n');
  const { settled } = watch(reading);
  await machine.advance(400);
  expect(settled()).toBe(false);
  await machine.advance(200);
  expect(await reading).toBe('1');
});

test('CLIENT TRACKING tells a client which of its keys have changed', async () => {
  const { machine, server, client } = await startRedis();
  const tracked = await server.client();
  const heard: Plain[] = [];
  tracked.onPush = (value) => heard.push(plain(value));
  await tracked.call('HELLO', 3);
  expect(await tracked.call('CLIENT', 'TRACKING', 'ON')).toBe('OK');
  await tracked.call('GET', 'k');
  await client.call('SET', 'k', 'v');
  await client.call('SET', 'other', 'v');
  await machine.settle();
  expect(heard).toEqual([['invalidate', ['k']]]);
  expect(await tracked.call('CLIENT', 'TRACKINGINFO')).toEqual(
    new Map<string, unknown>([
      ['flags', new Set(['on'])],
      ['redirect', 0],
      ['prefixes', []],
    ]),
  );
  await tracked.call('CLIENT', 'TRACKING', 'OFF');
  await tracked.call('CLIENT', 'TRACKING', 'ON', 'BCAST', 'PREFIX', 'user:', 'NOLOOP');
  await client.call('SET', 'user:1', 'v');
  await tracked.call('SET', 'user:2', 'v');
  await client.call('FLUSHALL');
  await machine.settle();
  expect(heard.slice(1)).toEqual([
    ['invalidate', ['user:1']],
    ['invalidate', null],
  ]);
});

test('CLIENT TRACKING redirects to a RESP2 client that subscribes', async () => {
  const { machine, server, client } = await startRedis();
  const listener = await server.client();
  const heard: Plain[] = [];
  listener.onPush = (value) => heard.push(plain(value));
  const id = (await listener.call('CLIENT', 'ID')) as number;
  await listener.call('SUBSCRIBE', '__redis__:invalidate');
  const tracked = await server.client();
  expect(await tracked.call('CLIENT', 'TRACKING', 'ON', 'REDIRECT', id, 'OPTIN')).toBe('OK');
  await tracked.call('GET', 'unasked');
  await tracked.call('CLIENT', 'CACHING', 'YES');
  await tracked.call('GET', 'k');
  await client.call('MSET', 'k', 1, 'unasked', 1);
  await machine.settle();
  expect(heard).toEqual([['message', '__redis__:invalidate', ['k']]]);
});

test('memory of clients is bounded, but for one that is exempt', async () => {
  const { machine, server, client } = await startRedis('--maxmemory-clients', '2mb');
  const [exempt, large] = [await server.client(), await server.client()];
  expect(await exempt.call('CLIENT', 'NO-EVICT', 'on')).toBe('OK');
  expect(parseClients(await exempt.call('CLIENT', 'INFO'))[0]).toMatchObject({ flags: 'e' });
  const value = 'x'.repeat(600_000);
  for (const other of [exempt, large]) {
    await other.call('MULTI');
    other.call('SET', 'k', value).catch((error: unknown) => expect(error).toMatchObject({ code: 'EPIPE' }));
  }
  await machine.advance(100);
  await large.ended;
  expect(await exempt.call('DISCARD')).toBe('OK');
  expect(await client.call('INFO', 'stats')).toContain('evicted_clients:1');
});

test('CLIENT REPLY OFF and SKIP keep replies back', async () => {
  const { client } = await startRedis();
  const replies = client.pipeline([['CLIENT', 'REPLY', 'ON']]);
  await replies;
  const skipped = client.call('PING', 'second');
  // The reply to SKIP and to the command after it never come: the next one is for the third.
  void client.pipeline([['CLIENT', 'REPLY', 'SKIP']]).catch(() => undefined);
  expect(await skipped).toBe('second');
});

test('more connections than maxclients are refused', async () => {
  const { server, client } = await startRedis('--maxclients', '2');
  const second = await server.client();
  await second.call('PING');
  const third = await server.client();
  expect(await third.call('PING').catch((error: unknown) => error)).toEqual({
    error: 'ERR max number of clients reached',
  });
  await third.ended;
  expect(await client.call('PING')).toBe('PONG');
});
