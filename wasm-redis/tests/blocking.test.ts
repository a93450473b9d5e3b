import { expect, test } from 'vitest';
import { type Plain } from '../resp/plain.ts';
import { startRedis, startServer, watch } from './rig.ts';

test.each([
  { blocked: 'BLPOP q 0', waker: 'RPUSH q x', reply: ['q', 'x'] },
  { blocked: 'BRPOP other q 0', waker: 'RPUSH q x', reply: ['q', 'x'] },
  { blocked: 'BLMOVE q d LEFT RIGHT 0', waker: 'RPUSH q x', reply: 'x' },
  { blocked: 'BRPOPLPUSH q d 0', waker: 'RPUSH q x', reply: 'x' },
  { blocked: 'BLMPOP 0 1 q LEFT COUNT 2', waker: 'RPUSH q x y z', reply: ['q', ['x', 'y']] },
  { blocked: 'BZPOPMIN q 0', waker: 'ZADD q 2 b 1 a', reply: ['q', 'a', '1'] },
  { blocked: 'BZPOPMAX q 0', waker: 'ZADD q 2 b 1 a', reply: ['q', 'b', '2'] },
  { blocked: 'BZMPOP 0 1 q MIN', waker: 'ZADD q 1 a', reply: ['q', [['a', '1']]] },
  { blocked: 'XREAD BLOCK 0 STREAMS q $', waker: 'XADD q 1-1 f v', reply: [['q', [['1-1', ['f', 'v']]]]] },
  {
    blocked: 'XREADGROUP GROUP g c BLOCK 0 STREAMS s >',
    waker: 'XADD s 1-1 f v',
    reply: [['s', [['1-1', ['f', 'v']]]]],
  },
])('$blocked waits for $waker', async ({ blocked, waker, reply }) => {
  const { machine, server, client } = await startRedis();
  await client.call('XGROUP', 'CREATE', 's', 'g', '$', 'MKSTREAM');
  const waiting = (await server.client()).call(...blocked.split(' '));
  const { settled } = watch(waiting);
  await machine.advance(60_000);
  expect(settled()).toBe(false);
  expect(await client.call('INFO', 'clients')).toContain('blocked_clients:1');
  await client.call(...waker.split(' '));
  expect(await waiting).toEqual(reply);
});

test.each([
  'BLPOP q 2.5',
  'BRPOPLPUSH q d 2.5',
  'BZPOPMIN q 2.5',
  'XREAD BLOCK 2500 STREAMS q $',
  'BLMPOP 2.5 1 q LEFT',
])('%s gives up in time', async (command) => {
  const { machine, client } = await startRedis();
  const waiting = client.call(...command.split(' '));
  const { settled } = watch(waiting);
  await machine.advance(2499);
  expect(settled()).toBe(false);
  await machine.advance(101);
  expect(settled()).toBe(true);
  expect(await waiting).toBe(null);
});

test('clients are served in the order in which they came', async () => {
  const { server, client } = await startRedis();
  const waiting: Promise<Plain>[] = [];
  for (let i = 0; i < 3; i++) {
    const next = await server.client();
    await next.call('PING');
    waiting.push(next.call('BLPOP', 'q', 0));
  }
  await client.call('RPUSH', 'q', 'first', 'second', 'third');
  expect(await Promise.all(waiting)).toEqual([
    ['q', 'first'],
    ['q', 'second'],
    ['q', 'third'],
  ]);
});

test('a blocked client can be let go, with or without an error, and a disconnected one leaves nothing', async () => {
  const { machine, server, client } = await startRedis();
  for (const [mode, reply] of [
    ['TIMEOUT', null],
    ['ERROR', { error: 'UNBLOCKED client unblocked via CLIENT UNBLOCK' }],
  ] as const) {
    const other = await server.client();
    const id = await other.call('CLIENT', 'ID');
    const waiting = other.call('BLPOP', 'q', 0);
    await machine.settle();
    expect(await client.call('CLIENT', 'UNBLOCK', id as number, mode)).toBe(1);
    expect(await waiting).toEqual(reply);
  }
  const gone = await server.client();
  const refused = expect(gone.call('BLPOP', 'q', 0)).rejects.toMatchObject({ code: 'EPIPE' });
  await machine.settle();
  await gone.close();
  await refused;
  await machine.settle();
  await client.call('RPUSH', 'q', 'x');
  expect(await client.call('LLEN', 'q')).toBe(1);
});

test('a transaction or a script that would block does not', async () => {
  const { client } = await startRedis();
  await client.call('MULTI');
  await client.call('BLPOP', 'q', 0);
  expect(await client.call('EXEC')).toEqual([null]);
  expect(await client.call('EVAL', "return redis.call('BLPOP', 'q', 0)", 0)).toMatchObject({
    error: expect.stringContaining('This Redis command is not allowed from script'),
  });
});

test('a list that is filled inside a transaction serves the blocked client after it', async () => {
  const { machine, server, client } = await startRedis();
  const waiting = (await server.client()).call('BLPOP', 'q', 0);
  await machine.settle();
  await client.call('MULTI');
  await client.call('RPUSH', 'q', 'a');
  await client.call('LPUSH', 'q', 'b');
  expect(await client.call('EXEC')).toEqual([1, 2]);
  expect(await waiting).toEqual(['q', 'b']);
});

test('WAIT without replicas waits for its time and counts none', async () => {
  const { machine, client } = await startRedis();
  await client.call('SET', 'k', 'v');
  expect(await client.call('WAIT', 0, 1000)).toBe(0);
  const waiting = client.call('WAIT', 1, 1000);
  const { settled } = watch(waiting);
  await machine.advance(999);
  expect(settled()).toBe(false);
  await machine.advance(200);
  expect(settled()).toBe(true);
  expect(await waiting).toBe(0);
});

test('WAIT counts a replica that has it all', async () => {
  const { machine, server, client } = await startRedis();
  await startServer(machine, '--port', '6380', '--replicaof', '127.0.0.1 6379', '--dir', '/tmp');
  await machine.advance(10_000);
  expect(server.log()).toContain('Synchronization with replica 127.0.0.1:6380 succeeded');
  await client.call('SET', 'k', 'v');
  const waiting = client.call('WAIT', 1, 0);
  await machine.advance(2000);
  expect(await waiting).toBe(1);
});
