import { expect, test, vi } from 'vitest';
import { TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import type { LabView } from '../lab-view.ts';
import { LabObserver } from '../observer.ts';
import { calculate, keysIn, together } from './key-calculation.ts';
import { slotMapOf, spanAt } from './slot-map.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

async function startCluster() {
  const lab = await startTopology(startMachine(), TOPOLOGIES.cluster);
  const idOf = async (name: string): Promise<string> => (await lab.node(name).ask('CLUSTER', 'MYID')) as string;
  const observer = new LabObserver(lab, 200);
  return { lab, idOf, look: (): Promise<LabView> => observer.look() };
}

test('three primaries have the slots, and all six nodes say so', async () => {
  const { look } = await startCluster();
  const map = slotMapOf(await look())!;
  expect(map.spans).toEqual([
    { first: 0, last: 5460, owner: 'redis-1', others: [] },
    { first: 5461, last: 10922, owner: 'redis-2', others: [] },
    { first: 10923, last: 16383, owner: 'redis-3', others: [] },
  ]);
  expect(map.owners.map(({ name, count }) => [name, count])).toEqual([
    ['redis-1', 5461],
    ['redis-2', 5462],
    ['redis-3', 5461],
  ]);
  expect([map.moving, map.silent, map.speakers.length]).toEqual([[], [], 6]);
  expect(spanAt(map, 5461).owner).toBe('redis-2');
  expect(spanAt(map, 16383).owner).toBe('redis-3');
});

test('a slot on its way is marked by the end that says so, and by both', async () => {
  const { lab, idOf, look } = await startCluster();
  await lab.node('redis-2').ask('CLUSTER', 'SETSLOT', '100', 'IMPORTING', await idOf('redis-1'));
  expect(slotMapOf(await look())?.moving).toEqual([{ slot: 100, from: 'redis-1', to: 'redis-2', saidBy: 'target' }]);
  await lab.node('redis-1').ask('CLUSTER', 'SETSLOT', '100', 'MIGRATING', await idOf('redis-2'));
  await lab.node('redis-1').ask('CLUSTER', 'SETSLOT', '7', 'MIGRATING', await idOf('redis-3'));
  expect(slotMapOf(await look())?.moving).toEqual([
    { slot: 7, from: 'redis-1', to: 'redis-3', saidBy: 'source' },
    { slot: 100, from: 'redis-1', to: 'redis-2', saidBy: 'both' },
  ]);
});

test('nodes that contradict each other are both heard, slots of nobody are nobody’s', async () => {
  const { lab, idOf, look } = await startCluster();
  // At this instant only the node itself knows it: the bus has not been used since.
  await lab.node('redis-2').ask('CLUSTER', 'SETSLOT', '5461', 'NODE', await idOf('redis-3'));
  await lab.node('redis-3').ask('CLUSTER', 'DELSLOTS', '16383');
  const map = slotMapOf(await look())!;
  expect(spanAt(map, 5461)).toMatchObject({ owner: 'redis-2', others: [{ owner: 'redis-3', saidBy: ['redis-2'] }] });
  expect(spanAt(map, 16383)).toMatchObject({ owner: 'redis-3', others: [{ owner: 'nobody', saidBy: ['redis-3'] }] });
  expect(map.spans.at(-1)?.last).toBe(16383);
});

test('a node that does not answer has no say, and is named', async () => {
  const { lab, look } = await startCluster();
  await look();
  await lab.node('redis-3').stop();
  const map = slotMapOf(await look())!;
  expect([map.silent, map.speakers.length, spanAt(map, 16383).owner]).toEqual([['redis-3'], 5, 'redis-3']);
});

test('without a cluster there is no map', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.single);
  expect(slotMapOf(await new LabObserver(lab).look())).toBeUndefined();
});

test.each([
  ['foo', '', 'foo', '', 12182],
  ['{user1000}.following', '{', 'user1000', '}.following', 3443],
  ['foo{}{bar}', '', 'foo{}{bar}', '', 8363],
  ['foo{{bar}}zap', 'foo{', '{bar', '}}zap', 4015],
  ['foo{bar}{zap}', 'foo{', 'bar', '}{zap}', 5061],
  ['{all}', '{', 'all', '}', 3894],
])('%s: what is hashed of it, and its slot, as Redis says it', async (key, before, hashed, after, slot) => {
  const made = calculate(key);
  expect(made).toMatchObject({ before, hashed, after, hasTag: before !== '' });
  const client = await (await startServer(startMachine(), '--cluster-enabled', 'yes', '--save', '')).client();
  expect(await client.call('CLUSTER', 'KEYSLOT', key)).toBe(made.slot);
  expect(made.slot).toBe(slot);
});

test('one command may name keys of one slot', () => {
  expect(keysIn('a\r\n\n b \n')).toEqual(['a', ' b ']);
  expect(keysIn('k\n'.repeat(100))).toHaveLength(50);
  expect(together(['{u}:1', '{u}:2'].map(calculate))).toEqual({ allowed: true, slot: 11826 });
  expect(together(['foo', 'bar', 'foo'].map(calculate))).toEqual({ allowed: false, slots: [12182, 5061] });
  expect(() => together([])).toThrow('expected at least one key');
});
