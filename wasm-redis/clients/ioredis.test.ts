import { once } from 'node:events';
import { Cluster, Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { launch } from '../node/launcher-rig.ts';
import { launchCluster, launchSentinels, PRIMARY_NAME } from './deployment.ts';

vi.setConfig({ testTimeout: 120_000 });

async function connected(): Promise<{ client: Redis; another: () => Redis }> {
  const { port } = await launch();
  const another = (): Redis => {
    const client = new Redis(port, '127.0.0.1');
    onTestFinished(() => client.disconnect());
    return client;
  };
  return { client: another(), another };
}

test('single commands, a pipeline of 2,000, a transaction', async () => {
  const { client } = await connected();
  expect(await client.set('bike:1', 'Deimos')).toBe('OK');
  expect(await client.getBuffer('bike:1')).toEqual(Buffer.from('Deimos'));
  await expect(client.incr('bike:1')).rejects.toThrow('ERR value is not an integer or out of range');
  const pipeline = client.pipeline();
  for (let at = 0; at < 2000; at++) pipeline.incr('n');
  expect((await pipeline.exec())?.map(([, reply]) => reply)).toEqual(Array.from({ length: 2000 }, (_, at) => at + 1));
  expect(await client.multi().set('a', '1').incr('a').exec()).toEqual([
    [null, 'OK'],
    [null, 2],
  ]);
});

test('Pub/Sub, scripts and keys that are scanned', async () => {
  const { client, another } = await connected();
  const subscriber = another();
  await subscriber.subscribe('news');
  const heard = once(subscriber, 'message');
  expect(await client.publish('news', 'hi')).toBe(1);
  expect(await heard).toEqual(['news', 'hi']);
  const script = "return redis.call('INCRBY', KEYS[1], ARGV[1])";
  expect(await client.eval(script, 1, 'n', 5)).toBe(5);
  const sha = (await client.script('LOAD', script)) as string;
  expect(await client.evalsha(sha, 1, 'n', 5)).toBe(10);
  await client.mset(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`key:${at}`, at])));
  const found = new Set<string>();
  for await (const keys of client.scanStream({ match: 'key:*' })) for (const key of keys as string[]) found.add(key);
  expect(found.size).toBe(500);
});

test('blocking calls and stream groups', async () => {
  const { client, another } = await connected();
  const popped = another().blpop('list', 0);
  await client.rpush('list', 'x');
  expect(await popped).toEqual(['list', 'x']);
  await client.xgroup('CREATE', 'stream', 'group', '$', 'MKSTREAM');
  const read = another().xreadgroup('GROUP', 'group', 'me', 'BLOCK', 0, 'STREAMS', 'stream', '>');
  await client.xadd('stream', '1-1', 'field', 'value');
  expect(await read).toEqual([['stream', [['1-1', ['field', 'value']]]]]);
  expect(await client.xack('stream', 'group', '1-1')).toBe(1);
});

test('cluster mode finds the node of every key, in six nodes of ours', async () => {
  const [first] = await launchCluster();
  const cluster = new Cluster([{ host: '127.0.0.1', port: first! }]);
  onTestFinished(() => cluster.disconnect());
  const keys = Array.from({ length: 300 }, (_, at) => `key:${at}`);
  await Promise.all(keys.map((key) => cluster.set(key, key)));
  expect(await Promise.all(keys.map((key) => cluster.get(key)))).toEqual(keys);
  expect(cluster.nodes('master')).toHaveLength(3);
});

test('Sentinel mode goes on with the replica when the primary is killed', async () => {
  const { primary, replica, sentinels } = await launchSentinels();
  const client = new Redis({
    sentinels: sentinels.map((port) => ({ host: '127.0.0.1', port })),
    name: PRIMARY_NAME,
    maxRetriesPerRequest: null,
  });
  client.on('error', () => undefined); // the connection to the killed server breaks, which is what is tested
  onTestFinished(() => client.disconnect());
  await client.set('bike:1', 'Deimos');
  expect(await client.wait(1, 0)).toBe(1);
  primary.launcher.process.kill('SIGKILL');
  await replica.launcher.logged('MASTER MODE enabled');
  expect(await client.set('bike:2', 'Phobos')).toBe('OK');
  expect(await client.get('bike:1')).toBe('Deimos');
});
