import { expect, test, vi } from 'vitest';
import { startMachine } from '../tests/rig.ts';
import { missingInCluster } from './cluster-health.ts';
import { ClusterWriter } from './cluster-writer.ts';
import { randomSchedule, undo } from './fault-schedule.ts';
import { lostWrites } from './lost-writes.ts';
import { TOPOLOGIES } from './presets.ts';
import { runSchedule } from './run-schedule.ts';
import { startTopology } from './start-topology.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

test('a schedule is its seed’s, and holds faults of several kinds in their order', () => {
  const schedule = randomSchedule(TOPOLOGIES.cluster, 1);
  expect(randomSchedule(TOPOLOGIES.cluster, 1)).toEqual(schedule);
  expect(randomSchedule(TOPOLOGIES.cluster, 2)).not.toEqual(schedule);
  expect(schedule.map(({ atMs }) => atMs)).toEqual(schedule.map(({ atMs }) => atMs).sort((a, b) => a - b));
  const kinds = new Set(
    [1, 2, 3, 4, 5].flatMap((seed) => randomSchedule(TOPOLOGIES.cluster, seed)).map(({ fault }) => fault.type),
  );
  expect([...kinds].sort()).toEqual(['continue', 'cut', 'heal', 'kill', 'latency', 'restart', 'split', 'stop']);
});

test.each([1, 2, 3])(
  'schedule %d: after random faults the cluster is well, and no write is lost that Redis promises to keep',
  async (seed) => {
    const result = await runSchedule(startMachine({ seed }), seed);
    expect(result.violations).toEqual([]);
    expect(result.acknowledged).toBeGreaterThan(100);
  },
);

test('the check of a cluster’s health sees a dead node, a slot without owner and a replica that differs', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.cluster);
  expect(await missingInCluster(lab)).toBe(undefined);

  await lab.node('redis-6').ask('CONFIG', 'SET', 'replica-read-only', 'no');
  await lab.node('redis-6').ask('READONLY');
  await lab.node('redis-6').ask('DEBUG', 'SET-ACTIVE-EXPIRE', '0');
  await lab.node('redis-3').ask('SET', 'foo', 'bar');
  await lab.machine.settle();
  expect(await missingInCluster(lab)).toBe(undefined);
  await lab.node('redis-6').ask('FLUSHALL');
  expect(await missingInCluster(lab)).toBe('redis-6 does not have everything that redis-3 has');
  await lab.node('redis-3').ask('FLUSHALL');

  await lab.node('redis-1').ask('CLUSTER', 'DELSLOTS', '5');
  expect(await missingInCluster(lab)).toMatch(/cluster_state:fail|slot 5 has no owner|other owners/);
  await lab.node('redis-1').ask('CLUSTER', 'ADDSLOTS', '5');

  await lab.node('redis-4').kill();
  expect(await missingInCluster(lab)).toBe('redis-4: cluster_state:undefined');
});

test('a write that is lost although its node was never deposed is not explained', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.cluster);
  const writer = new ClusterWriter(lab);
  for (let i = 0; i < 20; i++) await writer.write();
  expect(writer.acknowledged).toHaveLength(20);
  expect(await lostWrites(lab, writer.acknowledged)).toEqual({ lost: [], unexplained: [] });
  const [write] = writer.acknowledged;
  await lab.node(write!.by).ask('DEL', write!.key);
  await lab.machine.settle();
  expect(await lostWrites(lab, writer.acknowledged)).toEqual({
    lost: [write],
    unexplained: [
      expect.stringMatching(/^key:0 \(slot \d+\), acknowledged by redis-\d .* is lost, and redis-\d was not deposed$/),
    ],
  });
});

test('what a cut-off primary acknowledges is lost when it is deposed, and that is explained', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.cluster);
  const hosts = lab.nodes.map(({ description }) => description.host);
  await lab.machine.inject({ type: 'split', groups: [[hosts[0]!], hosts.slice(1)] });
  const writer = new ClusterWriter(lab);
  for (let i = 0; i < 20; i++) await writer.write();
  const alone = writer.acknowledged.filter(({ by }) => by === 'redis-1');
  expect(alone.length).toBeGreaterThan(0);
  await lab.machine.advance(15_000);
  await undo(lab);
  await lab.until(() => missingInCluster(lab), 60_000);
  expect(await lostWrites(lab, writer.acknowledged)).toEqual({ lost: alone, unexplained: [] });
});

test('what was broken is made whole: nodes, links, disks', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.replication);
  await lab.node('redis-1').kill();
  await lab.node('redis-2').stop();
  await lab.machine.inject({ type: 'split', groups: [['10.0.0.1'], ['10.0.0.2', '10.0.0.3']] });
  await lab.machine.inject({ type: 'latency', from: '10.0.0.2', to: '10.0.0.3', latencyMs: 5 });
  await lab.machine.inject({ type: 'disk', host: '10.0.0.1', freeBytes: 0, fsyncMs: 5 });
  await undo(lab);
  expect(await lab.machine.faults()).toEqual({ links: [], disks: [], later: [] });
  for (const node of lab.nodes) expect(await node.ask('PING')).toBe('PONG');
});
