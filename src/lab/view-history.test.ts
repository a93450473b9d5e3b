import { expect, onTestFinished, test, vi } from 'vitest';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../wasm-redis/tests/rig.ts';
import { LabObserver } from './observer.ts';
import { ViewHistory } from './view-history.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });
/** Of real time: nodes that run answer, however busy the computer is. */
const LIMIT_MS = 30_000;

test('a history keeps what changed, shares what did not, and shows each time as it was', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.replication);
  const observer = new LabObserver(lab, LIMIT_MS);
  onTestFinished(() => observer.close());
  const history = new ViewHistory();
  expect(history.at(0)).toBe(undefined);
  const first = await observer.look();
  history.keep(first);
  await lab.machine.advance(500);
  history.keep(await observer.look());
  expect(history.count).toBe(1);
  await lab.node('redis-3').kill();
  await lab.machine.advance(500);
  const killed = await observer.look();
  history.keep(killed);
  expect(history.count).toBe(2);
  const reachable = (atMs: number): string | undefined => history.at(atMs)?.nodes[2]?.reachability;
  expect([first.nowMs - 1, first.nowMs, killed.nowMs - 1].map(reachable)).toEqual(['answers', 'answers', 'answers']);
  expect([killed.nowMs, killed.nowMs + 9999].map(reachable)).toEqual(['refuses', 'refuses']);
  expect(history.at(killed.nowMs)?.nodes[1]).toBe(history.at(first.nowMs)?.nodes[1]);
  expect(history.at(killed.nowMs)?.events).toEqual([]);
});

test('a history is bounded: the oldest views are dropped', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.replication);
  const observer = new LabObserver(lab, LIMIT_MS);
  onTestFinished(() => observer.close());
  const history = new ViewHistory(3);
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    await lab.node('redis-1').ask('SET', `k${round}`, 'v');
    await lab.machine.advance(10);
    const view = await observer.look();
    history.keep(view);
    times.push(view.nowMs);
  }
  expect(history.count).toBe(3);
  expect(history.firstMs).toBe(times[2]);
});

test('what no log says is noticed between two looks: a node that is gone and back, slots on their way, a cut link', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.cluster);
  const observer = new LabObserver(lab, LIMIT_MS);
  onTestFinished(() => observer.close());
  const seen = async (): Promise<string[]> => {
    const { events } = await observer.look();
    return events.filter(({ logged }) => logged === undefined).map(({ node, label }) => `${node}: ${label}`);
  };
  expect(await seen()).toEqual([]);
  const id = async (name: string): Promise<string> => (await lab.node(name).ask('CLUSTER', 'MYID')) as string;
  await lab.node('redis-3').ask('CLUSTER', 'SETSLOT', '16000', 'MIGRATING', await id('redis-2'));
  await lab.node('redis-2').ask('CLUSTER', 'SETSLOT', '16000', 'IMPORTING', await id('redis-3'));
  await lab.node('redis-6').kill();
  await lab.machine.inject({ type: 'cut', from: '10.0.0.1', to: '10.0.0.2' });
  expect(await seen()).toEqual(['on purpose: cut', 'redis-2: importing', 'redis-3: migrating', 'redis-6: gone']);
  await lab.node('redis-6').restart();
  await lab.machine.inject({ type: 'heal' });
  for (const name of ['redis-2', 'redis-3'])
    await lab.node(name).ask('CLUSTER', 'SETSLOT', '16000', 'NODE', await id('redis-2'));
  expect((await seen()).slice(4)).toEqual([
    'redis-6: was killed',
    'on purpose: healed',
    'redis-2: slots',
    'redis-3: slots',
    'redis-6: answers',
  ]);
});
