import { expect, onTestFinished, test, vi } from 'vitest';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { TOPOLOGIES, type TopologyName } from '../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../wasm-redis/tests/rig.ts';
import type { LabView, NodeView } from './lab-view.ts';
import { LabObserver } from './observer.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });
/** Of real time: nodes that run answer, however busy the computer is. */
const LIMIT_MS = 30_000;

async function observed(name: TopologyName, limitMs = LIMIT_MS): Promise<{ lab: Lab; observer: LabObserver }> {
  const lab = await startTopology(startMachine(), TOPOLOGIES[name]);
  const observer = new LabObserver(lab, limitMs);
  onTestFinished(() => observer.close());
  return { lab, observer };
}

function nodeIn(view: LabView, name: string): NodeView {
  const found = view.nodes.find((node) => node.name === name);
  if (!found) throw new Error(`expected ${name} among ${view.nodes.map((node) => node.name).join(', ')}`);
  return found;
}

test('replication is seen by what both sides say, and the clock does not move', async () => {
  const { lab, observer } = await observed('replication');
  await lab.node('redis-1').ask('SET', 'k', 'v');
  const before = await lab.machine.clock();
  const view = await observer.look();
  expect({ nowMs: view.nowMs, uptimeMs: view.uptimeMs }).toEqual({ nowMs: before.nowMs, uptimeMs: before.uptimeMs });
  expect(await lab.machine.clock()).toEqual(before);
  const primary = nodeIn(view, 'redis-1');
  expect(primary).toMatchObject({
    reachability: 'answers',
    folder: '/data/redis-1',
    server: { role: 'primary', keys: 1 },
  });
  expect(primary.server?.replicas.map(({ address, state }) => `${address} ${state}`)).toEqual([
    '10.0.0.2:6379 online',
    '10.0.0.3:6379 online',
  ]);
  expect(nodeIn(view, 'redis-2').server).toMatchObject({
    role: 'replica',
    offset: primary.server?.offset,
    keys: 1,
    primary: { address: '10.0.0.1:6379', link: 'up', state: 'connected' },
  });
  expect(view.logs.get('redis-2')?.at(-1)).toContain('Finished with success');
});

test('a killed node refuses and keeps what it said last, with its time; its replicas say that the link is down', async () => {
  const { lab, observer } = await observed('replication');
  const first = await observer.look();
  await lab.node('redis-1').kill();
  await lab.machine.advance(2000);
  await observer.look();
  const view = await observer.look();
  const [killed, replica] = view.nodes;
  expect(killed).toMatchObject({ reachability: 'refuses', answeredMs: first.nowMs, server: first.nodes[0]?.server });
  expect(replica).toMatchObject({ reachability: 'answers', answeredMs: view.nowMs });
  expect(replica?.server?.primary).toMatchObject({ address: '10.0.0.1:6379', link: 'down', downSeconds: 2 });
});

test('nodes that are stopped are silent, and the look ends all the same', async () => {
  const { lab, observer } = await observed('replication', 1);
  for (const node of lab.nodes) await node.stop();
  const { nodes } = await observer.look();
  expect(nodes.map(({ reachability }) => reachability)).toEqual(['silent', 'silent', 'silent']);
});

test('Sentinels on two sides of a split are both heard, each with its own primary', async () => {
  const { lab, observer } = await observed('sentinel');
  const near = ['redis-1', 'sentinel-1'].map((name) => lab.node(name).description.host);
  const far = lab.nodes.map(({ description }) => description.host).filter((host) => !near.includes(host));
  await lab.machine.inject({ type: 'split', groups: [near, far] });
  await lab.machine.advance(30_000);
  const view = await observer.look();
  const primaryOf = (name: string): string | undefined => nodeIn(view, name).sentinel?.primaries[0]?.address;
  expect(primaryOf('sentinel-1')).toBe('10.0.0.1:6379');
  expect(primaryOf('sentinel-2')).toMatch(/^10\.0\.0\.[23]:6379$/);
  expect(primaryOf('sentinel-3')).toBe(primaryOf('sentinel-2'));
  expect(nodeIn(view, 'sentinel-2').sentinel?.primaries[0]).toMatchObject({
    name: 'mymaster',
    quorum: 2,
    configEpoch: 1,
  });
  expect(nodeIn(view, 'redis-1').server?.role).toBe('primary');
  expect(view.faults.links.filter(({ cut }) => cut)).toHaveLength(2 * near.length * far.length);
});

test('a cluster is seen by each of its nodes: epochs, health, slots and those on the way', async () => {
  const { lab, observer } = await observed('cluster');
  const id = async (name: string): Promise<string> => (await lab.node(name).ask('CLUSTER', 'MYID')) as string;
  await lab.node('redis-3').ask('CLUSTER', 'SETSLOT', '16000', 'MIGRATING', await id('redis-2'));
  await lab.node('redis-2').ask('CLUSTER', 'SETSLOT', '16000', 'IMPORTING', await id('redis-3'));
  await lab.node('redis-1').kill();
  await lab.machine.advance(6000);
  const view = await observer.look();
  const seenBy = nodeIn(view, 'redis-3').server?.cluster;
  expect(seenBy?.members).toHaveLength(6);
  const myself = seenBy?.members.find(({ isMyself }) => isMyself);
  expect(myself).toMatchObject({
    id: seenBy?.id,
    address: '10.0.0.3:6379',
    role: 'primary',
    slots: [[10923, 16383]],
    migrating: [{ slot: 16000, toId: await id('redis-2') }],
  });
  expect(nodeIn(view, 'redis-2').server?.cluster?.members.find(({ isMyself }) => isMyself)?.importing).toEqual([
    { slot: 16000, fromId: await id('redis-3') },
  ]);
  expect(seenBy?.members.find(({ address }) => address === '10.0.0.1:6379')).toMatchObject({
    health: 'failed',
    link: 'disconnected',
  });
});

test('events of all logs come in the order of time, each once, and a view is not changed afterwards', async () => {
  const { lab, observer } = await observed('sentinel');
  const first = await observer.look();
  const count = first.events.length;
  await lab.node('redis-1').kill();
  await lab.machine.advance(20_000);
  const second = await observer.look();
  expect(first.events).toHaveLength(count);
  expect(second.events.length).toBeGreaterThan(count);
  const times = second.events.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times.at(-1)).toBeLessThanOrEqual(second.nowMs);
  const third = await observer.look();
  expect(third.events).toBe(second.events);
});

test('a server that was started beside the nodes is looked at under its address, with its log', async () => {
  const { lab, observer } = await observed('replication');
  await observer.look();
  await lab.machine.spawn({
    argv: ['redis-server', '--port', '7000', '--logfile', 'own.log', '--replicaof', '10.0.0.1', '6379'],
  });
  await lab.machine.listening(7000);
  await lab.machine.advance(1000);
  await observer.look();
  const view = await observer.look();
  expect(nodeIn(view, '10.0.0.254:7000')).toMatchObject({
    reachability: 'answers',
    server: { role: 'replica', primary: { address: '10.0.0.1:6379', link: 'up' } },
  });
  expect(view.logs.get('10.0.0.254:7000')?.length).toBeGreaterThan(5);
});

test('a node that asks for a password that nobody has given says so', async () => {
  const { lab, observer } = await observed('replication');
  await lab.node('redis-3').ask('CONFIG', 'SET', 'requirepass', 'secret');
  await lab.node('redis-3').ask('PING');
  const view = await observer.look();
  expect(nodeIn(view, 'redis-3')).toMatchObject({
    reachability: 'answers',
    complaint: 'NOAUTH Authentication required.',
  });
});

test('what is closed has left no connection at any node', async () => {
  const { lab, observer } = await observed('replication');
  await observer.look();
  observer.close();
  await lab.machine.settle();
  for (const node of lab.nodes) expect(await node.ask('CLIENT', 'LIST')).not.toContain('panel-observer');
});
