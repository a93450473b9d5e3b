import { createClient, createCluster, createSentinel } from 'redis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { launch } from '../node/launcher-rig.ts';
import { launchCluster, launchSentinels, PRIMARY_NAME } from './deployment.ts';

vi.setConfig({ testTimeout: 120_000 });

async function connected(RESP: 2 | 3 = 2) {
  const { port } = await launch();
  const client = createClient({ url: `redis://127.0.0.1:${port}`, RESP });
  await client.connect();
  onTestFinished(() => client.destroy());
  const another = async () => {
    const copy = client.duplicate();
    await copy.connect();
    onTestFinished(() => copy.destroy());
    return copy;
  };
  return { client, another };
}

test.each([2, 3] as const)('commands of every type over RESP%i', async (protocol) => {
  const { client } = await connected(protocol);
  expect(await client.set('bike:1', 'Deimos', { EX: 100 })).toBe('OK');
  expect(await client.get('bike:1')).toBe('Deimos');
  expect(await client.hSet('h', { a: '1', b: '2' })).toBe(2);
  expect({ ...(await client.hGetAll('h')) }).toEqual({ a: '1', b: '2' });
  await client.zAdd('z', [
    { score: 1.5, value: 'a' },
    { score: 2, value: 'b' },
  ]);
  expect(await client.zRangeWithScores('z', 0, -1)).toEqual([
    { value: 'a', score: 1.5 },
    { value: 'b', score: 2 },
  ]);
  await expect(client.incr('bike:1')).rejects.toThrow('ERR value is not an integer or out of range');
});

test('a pipeline of 2,000 commands is answered in order; a transaction as a whole', async () => {
  const { client } = await connected();
  const replies = await Promise.all(Array.from({ length: 2000 }, () => client.incr('n')));
  expect(replies).toEqual(Array.from({ length: 2000 }, (_, at) => at + 1));
  expect(await client.multi().set('a', '1').incr('a').get('a').exec()).toEqual(['OK', 2, '2']);
});

test('Pub/Sub: channels, patterns, shards', async () => {
  const { client, another } = await connected();
  const subscriber = await another();
  const heard: string[] = [];
  await subscriber.subscribe('news', (message, channel) => void heard.push(`${channel}: ${message}`));
  await subscriber.pSubscribe('n*', (message, channel) => void heard.push(`pattern ${channel}: ${message}`));
  await subscriber.sSubscribe('shard', (message) => void heard.push(`shard: ${message}`));
  expect(await client.publish('news', 'hi')).toBe(2);
  expect(await client.sPublish('shard', 'there')).toBe(1);
  await subscriber.ping();
  expect(heard).toEqual(['news: hi', 'pattern news: hi', 'shard: there']);
});

test('scripts, by text and by hash', async () => {
  const { client } = await connected();
  const script = "return redis.call('INCRBY', KEYS[1], ARGV[1])";
  const options = { keys: ['n'], arguments: ['5'] };
  expect(await client.eval(script, options)).toBe(5);
  expect(await client.evalSha(await client.scriptLoad(script), options)).toBe(10);
});

test('blocking calls and streams wait until something comes', async () => {
  const { client, another } = await connected();
  const waiting = await another();
  const popped = waiting.blPop('list', 0);
  await client.rPush('list', 'x');
  expect(await popped).toEqual({ key: 'list', element: 'x' });
  const read = waiting.xRead({ key: 'stream', id: '$' }, { BLOCK: 0 });
  await client.ping(); // both connections have sent what they have
  while (!(await client.clientList()).some(({ flags }) => flags.includes('b')));
  await client.xAdd('stream', '1-1', { field: 'value' });
  expect(await read).toMatchObject([{ name: 'stream', messages: [{ id: '1-1' }] }]);
});

test('cluster mode finds the node of every key, in six nodes of ours', async () => {
  const ports = await launchCluster();
  const cluster = createCluster({ rootNodes: ports.slice(0, 2).map((port) => ({ url: `redis://127.0.0.1:${port}` })) });
  await cluster.connect();
  onTestFinished(() => cluster.destroy());
  expect(cluster.masters).toHaveLength(3);
  const keys = Array.from({ length: 300 }, (_, at) => `key:${at}`);
  await Promise.all(keys.map((key) => cluster.set(key, key)));
  expect(await Promise.all(keys.map((key) => cluster.get(key)))).toEqual(keys);
  expect(await cluster.multi().set('{tag}a', '1').incr('{tag}a').exec()).toEqual(['OK', 2]);
});

test('Sentinel mode goes on with the replica when the primary is killed', async () => {
  const { primary, sentinels } = await launchSentinels();
  const client = createSentinel({
    name: PRIMARY_NAME,
    sentinelRootNodes: sentinels.map((port) => ({ host: '127.0.0.1', port })),
  });
  client.on('error', () => undefined); // connections to the killed server break, which is what is tested
  await client.connect();
  onTestFinished(() => client.destroy());
  await client.set('bike:1', 'Deimos');
  expect(await client.use((one) => one.sendCommand(true, ['WAIT', '1', '0']))).toBe(1);
  primary.launcher.process.kill('SIGKILL');
  await vi.waitFor(async () => expect(await client.set('bike:2', 'Phobos')).toBe('OK'), { timeout: 60_000 });
  expect(await client.get('bike:1')).toBe('Deimos');
});
