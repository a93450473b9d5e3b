import { expect, test, vi } from 'vitest';
import { startMachine } from '../tests/rig.ts';
import { type Lab } from './lab.ts';
import { TOPOLOGIES, type TopologyName } from './presets.ts';
import { readTopology } from './read-topology.ts';
import { startTopology } from './start-topology.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

async function start(name: TopologyName): Promise<Lab> {
  return startTopology(startMachine(), TOPOLOGIES[name]);
}

test.each(['single', 'benchmark'] as const)('%s: one server answers', async (name) => {
  const lab = await start(name);
  expect(await lab.node('redis-1').ask('PING')).toBe('PONG');
});

test.each(['single', 'replication'] as const)('%s: the processes of its nodes are found again', async (name) => {
  const lab = await start(name);
  const pids = lab.nodes.map(({ pid }) => pid);
  await lab.locate();
  expect(lab.nodes.map(({ pid }) => pid)).toEqual(pids);
});

test('replication: both replicas have what the primary is given, and addresses are the hosts’', async () => {
  const lab = await start('replication');
  await lab.node('redis-1').ask('SET', 'k', 'v');
  expect(await lab.node('redis-3').ask('GET', 'k')).toBe('v');
  expect(await lab.node('redis-1').ask('ROLE')).toEqual([
    'master',
    expect.any(Number),
    [
      ['10.0.0.2', '6379', expect.any(String)],
      ['10.0.0.3', '6379', expect.any(String)],
    ],
  ]);
});

test('sentinel: each sees a quorum and knows the others', async () => {
  const lab = await start('sentinel');
  for (const node of lab.sentinels) {
    expect(await node.ask('SENTINEL', 'CKQUORUM', 'mymaster')).toBe(
      'OK 3 usable Sentinels. Quorum and failover authorization can be reached',
    );
  }
});

test('cluster: every slot has its node, and another node says which', async () => {
  const lab = await start('cluster');
  expect(await lab.node('redis-1').ask('SET', 'foo', 'bar')).toEqual({ error: 'MOVED 12182 10.0.0.3:6379' });
  expect(await lab.node('redis-3').ask('SET', 'foo', 'bar')).toBe('OK');
  await lab.machine.settle();
  expect(await lab.node('redis-6').ask('DBSIZE')).toBe(1);
});

test('files: both kinds are there, with the data in them', async () => {
  const lab = await start('files');
  const paths = (await lab.machine.listFiles(lab.node('redis-1').folder)).map(({ path }) => path.split('/').at(-1));
  expect(paths).toEqual(expect.arrayContaining(['dump.rdb', 'redis.conf', 'node.log', 'appendonly.aof.manifest']));
  await lab.node('redis-1').restart();
  expect(await lab.node('redis-1').ask('GET', 'bike:1')).toBe('Deimos');
});

test('a node that is started again with an empty disk has nothing but its configuration', async () => {
  const lab = await start('files');
  await lab.node('redis-1').restart({ emptyDisk: true });
  expect(await lab.node('redis-1').ask('DBSIZE')).toBe(0);
});

test('a node that does not run, or is stopped, gives no answer', async () => {
  const lab = await start('single');
  const node = lab.node('redis-1');
  await node.stop();
  expect(await node.ask('PING')).toBe(undefined);
  await node.continue();
  expect(await node.ask('PING')).toBe('PONG');
  await node.kill();
  expect(await node.ask('PING')).toBe(undefined);
});

test('a node that ends instead of listening is an error with its own words', async () => {
  const topology = readTopology({ nodes: [{ name: 'a', options: { 'no-such-option': 'x' } }] });
  await expect(startTopology(startMachine(), topology)).rejects.toThrow(
    /^a: expected it to listen on 10\.0\.0\.1:6379, but it ended .*Bad directive/s,
  );
});

test('a promise that does not come true is an error that says which', async () => {
  const topology = readTopology({
    nodes: [{ name: 'a' }, { name: 's', kind: 'sentinel', monitors: 'a', quorum: 2 }],
  });
  await expect(startTopology(startMachine(), topology, { limitMs: 3000 })).rejects.toThrow(
    /^after 3000 ms of the machine's time: s: it does not see a quorum/,
  );
});
