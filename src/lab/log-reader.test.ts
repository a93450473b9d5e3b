import { expect, test, vi } from 'vitest';
import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { startMachine, utf8 } from '../../wasm-redis/tests/rig.ts';
import { parseLogLine } from './log-line.ts';
import { LogReader } from './log-reader.ts';
import { eventOfLine, type NodeEvent } from './node-event.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

async function eventsOf(lab: Lab, name: string): Promise<NodeEvent[]> {
  return new LogReader(name).read(utf8(await lab.node(name).log()));
}

const labels = (events: readonly NodeEvent[]): string[] => events.map(({ label }) => label);

async function failedOver(name: 'sentinel' | 'cluster'): Promise<Lab> {
  const lab = await startTopology(startMachine(), TOPOLOGIES[name]);
  await lab.node('redis-1').kill();
  await lab.machine.advance(20_000);
  await lab.node('redis-1').restart();
  await lab.machine.advance(20_000);
  return lab;
}

test('the log of the leading Sentinel tells the whole failover, in order and with times', async () => {
  const lab = await failedOver('sentinel');
  const all = await Promise.all(lab.sentinels.map(({ name }) => eventsOf(lab, name)));
  const leader = all.find((events) => labels(events).includes('+elected-leader')) ?? [];
  const failover = labels(leader).slice(labels(leader).indexOf('+sdown'), labels(leader).indexOf('+switch-master') + 1);
  expect(failover).toEqual([
    '+sdown',
    '+odown',
    '+new-epoch',
    '+try-failover',
    'vote',
    'vote',
    'vote',
    '+elected-leader',
    '+selected-slave',
    '+promoted-slave',
    '+slave-reconf-sent',
    '+slave-reconf-done',
    '-odown',
    '+failover-end',
    '+switch-master',
  ]);
  const times = leader.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  const down = leader.find(({ label }) => label === '+sdown');
  expect(down?.text).toBe('10.0.0.1:6379 does not answer it: subjectively down');
  expect(down?.atMs).toBeGreaterThan(Date.UTC(2026, 0, 1, 0, 0, 5));
  const votes = leader.flatMap(({ vote }) => vote ?? []);
  expect(new Set(votes.map(({ candidateId }) => candidateId)).size).toBe(1);
  expect(votes.filter(({ voterId }) => voterId === undefined)).toHaveLength(1);
});

test('logs of servers tell start, kill, promotion and resynchronization', async () => {
  const lab = await failedOver('sentinel');
  const old = await eventsOf(lab, 'redis-1');
  expect(labels(old)).toContain('was killed');
  expect(labels(old).filter((label) => label === 'start')).toHaveLength(2);
  expect(old.at(-1)).toMatchObject({ label: 'in sync', group: 'resync' });
  const survivors = [...(await eventsOf(lab, 'redis-2')), ...(await eventsOf(lab, 'redis-3'))];
  expect(survivors.find(({ label }) => label === 'primary')?.text).toBe('is a primary from now on');
  expect(labels(survivors)).toContain('partial resync');
});

test('logs of a cluster tell FAIL, votes and the election', async () => {
  const lab = await failedOver('cluster');
  const winner = labels(await eventsOf(lab, 'redis-4'));
  expect(winner).toEqual(expect.arrayContaining(['link lost', 'FAIL', 'cluster fail', 'delay', 'election', 'won']));
  const voter = await eventsOf(lab, 'redis-2');
  expect(voter.find(({ label }) => label === 'vote')?.vote?.epoch).toBe(7);
  expect(voter.find(({ label }) => label === 'FAIL')?.text).toMatch(/^marks [0-9a-f]{40} as failed/);
});

test('a log that is read in pieces of any length tells the same as in one, each line once', async () => {
  const lab = await failedOver('cluster');
  const bytes = utf8(await lab.node('redis-4').log());
  const whole = new LogReader('redis-4').read(bytes);
  for (const step of [1, 7, 100, 1009]) {
    const reader = new LogReader('redis-4');
    const found: NodeEvent[] = [];
    for (let end = step; end < bytes.length + step; end += step) found.push(...reader.read(bytes.subarray(0, end)));
    expect(found).toEqual(whole);
  }
});

test('a file that has been replaced, by a shorter or a longer one, is read from its beginning', () => {
  const start = (pid: number): string =>
    `${pid}:C 01 Jan 2026 00:00:0${pid}.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n`;
  const ready = '1:M 01 Jan 2026 00:00:01.000 * Ready to accept connections\n';
  const reader = new LogReader('redis-1');
  expect(labels(reader.read(utf8(start(1) + ready)))).toEqual(['start', 'ready']);
  expect(labels(reader.read(utf8(start(2))))).toEqual(['was killed', 'start']);
  expect(labels(reader.read(utf8(start(3) + ready + ready)))).toEqual(['was killed', 'start', 'ready', 'ready']);
  expect(reader.lines).toHaveLength(3);
});

test('an orderly end is no kill', () => {
  const log =
    '1:C 01 Jan 2026 00:00:01.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n' +
    '1:M 01 Jan 2026 00:00:02.000 # Redis is now ready to exit, bye bye...\n' +
    '2:C 01 Jan 2026 00:00:03.000 # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n';
  expect(labels(new LogReader('redis-1').read(utf8(log)))).toEqual(['start', 'stop', 'start']);
});

test.each([
  ['a picture', '                _._           '],
  ['nothing', ''],
  ['a line without its beginning', 'an 2026 00:00:01.000 * Ready to accept connections'],
  ['a line that was cut in the time', '1:M 01 Jan 2026 00:00'],
  ['a day that there is not', '1:M 45 Foo 2026 00:00:01.000 * Ready to accept connections'],
])('%s is no line of a log', (_, line) => {
  expect(parseLogLine(line)).toBe(undefined);
});

test.each([
  'Something that no version of Redis logs',
  '+no-such-event master mymaster 10.0.0.1 6379',
  '+vote-for-leader',
  '+constructor x',
])('the unknown line %j is no event', (text) => {
  expect(eventOfLine('sentinel-1', { pid: 1, role: 'X', atMs: 0, text })).toBe(undefined);
});

test('an event whose words are cut is still told, with what there is', () => {
  const event = eventOfLine('sentinel-1', { pid: 1, role: 'X', atMs: 0, text: '+sdown master mym' });
  expect(event?.text).toBe('master mym does not answer it: subjectively down');
});
