import { expect, test } from 'vitest';
import { type RedisClient } from '../resp/client.ts';
import { type Plain, plain } from '../resp/plain.ts';
import { startRedis } from './rig.ts';

/** What a client is sent without having asked. */
function listen(client: RedisClient): Plain[] {
  const heard: Plain[] = [];
  client.onPush = (value) => heard.push(plain(value));
  return heard;
}

test('a message reaches every subscriber of its channel, by name and by pattern, and nobody else', async () => {
  const { machine, server, client } = await startRedis();
  const [alice, bob, carol] = [await server.client(), await server.client(), await server.client()];
  const [toAlice, toBob, toCarol] = [alice, bob, carol].map(listen);
  expect(await alice.call('SUBSCRIBE', 'news', 'sport')).toEqual(['subscribe', 'news', 1]);
  expect(await bob.call('PSUBSCRIBE', 'n?ws')).toEqual(['psubscribe', 'n?ws', 1]);
  await carol.call('SUBSCRIBE', 'weather');
  expect(await client.call('PUBLISH', 'news', 'hello')).toBe(2);
  expect(await client.call('PUBLISH', 'nobody', 'hello')).toBe(0);
  await machine.settle();
  expect(toAlice).toEqual([
    ['subscribe', 'sport', 2],
    ['message', 'news', 'hello'],
  ]);
  expect(toBob).toEqual([['pmessage', 'n?ws', 'news', 'hello']]);
  expect(toCarol).toEqual([]);
  expect(await client.call('PUBSUB', 'NUMSUB', 'news', 'sport', 'other')).toEqual(['news', 1, 'sport', 1, 'other', 0]);
  expect(await client.call('PUBSUB', 'NUMPAT')).toBe(1);
  await alice.close();
  await machine.settle();
  expect(await client.call('PUBLISH', 'news', 'again')).toBe(1);
});

test('a RESP2 subscriber may do little else, a RESP3 one everything', async () => {
  const { machine, server, client } = await startRedis();
  await client.call('SUBSCRIBE', 'c');
  expect(await client.call('GET', 'k')).toMatchObject({ error: expect.stringContaining("Can't execute 'get'") });
  expect(await client.call('PING')).toEqual(['pong', '']);
  const modern = await server.client();
  await modern.call('HELLO', 3);
  const heard = listen(modern);
  expect(await modern.call('SUBSCRIBE', 'c')).toEqual(['subscribe', 'c', 1]);
  expect(await modern.call('SET', 'k', 'v')).toBe('OK');
  expect(await modern.call('PUBLISH', 'c', 'm')).toBe(2);
  await machine.settle();
  expect(heard).toEqual([['message', 'c', 'm']]);
});

test('sharded channels are channels of their own', async () => {
  const { machine, server, client } = await startRedis();
  const subscriber = await server.client();
  const heard = listen(subscriber);
  await subscriber.call('SSUBSCRIBE', 'c');
  expect(await client.call('PUBLISH', 'c', 'plain')).toBe(0);
  expect(await client.call('SPUBLISH', 'c', 'sharded')).toBe(1);
  await machine.settle();
  expect(heard).toEqual([['smessage', 'c', 'sharded']]);
});

test('MONITOR shows what other clients and scripts do, but no passwords', async () => {
  const { machine, server, client } = await startRedis();
  const monitor = await server.client();
  const heard = listen(monitor);
  expect(await monitor.call('MONITOR')).toBe('OK');
  await client.call('SELECT', 2);
  await client.call('SET', 'k', 'with "quotes"\n');
  await client.call('EVAL', "return redis.call('GET', 'k')", 0);
  await client.call('AUTH', 'default', 'secret');
  await machine.settle();
  const port = /addr=127\.0\.0\.1:(\d+)/.exec((await client.call('CLIENT', 'INFO')) as string)![1];
  expect(heard.slice(0, 4)).toEqual([
    `1767225600.000000 [2 127.0.0.1:${port}] "SELECT" "2"`,
    `1767225600.000000 [2 127.0.0.1:${port}] "SET" "k" "with \\"quotes\\"\\n"`,
    `1767225600.000000 [2 127.0.0.1:${port}] "EVAL" "return redis.call('GET', 'k')" "0"`,
    `1767225600.000000 [2 lua] "GET" "k"`,
  ]);
  expect(JSON.stringify(heard)).not.toContain('secret');
});

test('a subscriber that is disconnected by the server hears no more', async () => {
  const { machine, server, client } = await startRedis();
  const subscriber = await server.client();
  await subscriber.call('SUBSCRIBE', 'c');
  expect(await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBe(1);
  await subscriber.ended;
  await machine.settle();
  expect(await client.call('PUBLISH', 'c', 'm')).toBe(0);
});
