import { expect, onTestFinished, test, vi } from 'vitest';
import { TOPOLOGIES } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../../wasm-redis/tests/rig.ts';
import type { LabView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { EVENT_GROUPS, type EventGroup, type NodeEvent } from '../node-event.ts';
import { LabObserver } from '../observer.ts';
import { timelineText } from './as-text.ts';
import { choose, type Choice } from './choice.ts';
import { lanesOf, ticksOf, xOf } from './lanes.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

/** Of real time: nodes that run answer, however busy the computer is. */
const LIMIT_MS = 30_000;
const ALL: Choice = { groups: new Set(EVENT_GROUPS), search: '' };

async function failedOver(): Promise<LabView> {
  const lab = await startTopology(startMachine(), TOPOLOGIES.sentinel);
  const observer = new LabObserver(lab, LIMIT_MS);
  onTestFinished(() => observer.close());
  await lab.node('redis-1').kill();
  await lab.machine.advance(20_000);
  return observer.look();
}

const at = (atMs: number, node: string, group: EventGroup = 'failure'): NodeEvent => ({
  node,
  atMs,
  group,
  label: 'x',
  text: 'y',
});

test('a failover reads as text from +sdown to +switch-master, with names, in the order of time', async () => {
  const view = await failedOver();
  const { nameAll } = nodeNames(view);
  const groups = new Set<EventGroup>(['failure', 'election', 'failover']);
  const text = timelineText(choose(view.events, { ...ALL, groups }, nameAll), nameAll);
  const lines = text.split('\n');
  expect(lines[0]).toMatch(
    /^00:00:\d\d\.\d{3} {2}sentinel-\d {2}\+sdown: redis-1 does not answer it: subjectively down$/,
  );
  expect(text).toMatch(/sentinel-\d {2}vote: votes for sentinel-\d in epoch 1\n/);
  expect(text).toMatch(/\+switch-master: the primary of mymaster is now redis-[23], no longer redis-1$/m);
  expect(text).not.toMatch(/[0-9a-f]{40}|10\.0\.0\./);
  const times = lines.map((line) => line.slice(0, 12));
  expect(times).toEqual(times.toSorted());
});

test('events are chosen by group, by node and by words, names among them', async () => {
  const view = await failedOver();
  const { nameAll } = nodeNames(view);
  const chosen = (choice: Partial<Choice>): NodeEvent[] => choose(view.events, { ...ALL, ...choice }, nameAll);
  expect(chosen({})).toEqual(view.events);
  expect(chosen({ groups: new Set() })).toEqual([]);
  expect(new Set(chosen({ node: 'sentinel-2' }).map(({ node }) => node))).toEqual(new Set(['sentinel-2']));
  const found = chosen({ search: 'SENTINEL-1 redis-1 down' });
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ node }) => node))).toEqual(new Set(['sentinel-1']));
  expect(chosen({ search: 'no such words' })).toEqual([]);
});

test('each node has a lane, in order; what belongs to none comes first; events outside of the span are left out', () => {
  const events = [at(5, 'b'), at(10, 'a'), at(15, 'on purpose', 'fault'), at(20, 'b'), at(99, 'a')];
  const lanes = lanesOf(events, ['a', 'b', 'c'], { fromMs: 10, toMs: 20 }, 100);
  expect(lanes.map(({ node, marks }) => [node, marks.map(({ x }) => x)])).toEqual([
    ['on purpose', [50]],
    ['a', [0]],
    ['b', [100]],
    ['c', []],
  ]);
});

test('marks of a kind that would lie on each other become one that counts; other kinds stay', () => {
  const events = [at(0, 'a'), at(1, 'a'), at(2, 'a', 'resync'), at(3, 'a'), at(50, 'a')];
  const [lane] = lanesOf(events, ['a'], { fromMs: 0, toMs: 100 }, 100);
  expect(lane?.marks.map(({ x, group, count }) => [x, group, count])).toEqual([
    [0, 'failure', 3],
    [2, 'resync', 1],
    [50, 'failure', 1],
  ]);
});

test('a span without length does not divide by nothing', () => {
  expect(xOf(5, { fromMs: 5, toMs: 5 }, 80)).toBe(40);
  expect(lanesOf([at(5, 'a')], ['a'], { fromMs: 5, toMs: 5 }, 80)[0]?.marks[0]?.x).toBe(40);
});

test.each([
  [0, 30],
  [1000, 8000],
  [0, 20_000],
  [123_456, 3_723_456],
  [0, 9e9],
])('the axis of %d to %d has few round times', (fromMs, toMs) => {
  const ticks = ticksOf({ fromMs, toMs }, 6);
  expect(ticks.length).toBeGreaterThan(0);
  expect(ticks.length).toBeLessThanOrEqual(7);
  for (const tick of ticks) {
    expect(tick).toBeGreaterThanOrEqual(fromMs);
    expect(tick).toBeLessThanOrEqual(toMs);
    expect(tick % 10).toBe(0);
  }
});

test('no events are no text', () => {
  expect(timelineText([], (text) => text)).toBe('');
});
