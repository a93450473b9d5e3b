import { expect, test } from 'vitest';
import type { Machine } from '../machine.ts';
import { run, startMachine, startServer } from '../tests/rig.ts';
import { apply } from './fault-schedule.ts';
import { firstToGo, OLDER, REASONS, RECENT } from './history-thinning.ts';
import { History, type Mark } from './history.ts';
import { TOPOLOGIES } from './presets.ts';
import { startTopology } from './start-topology.ts';

test('back goes to the last save that is long enough ago, and the machine takes another way from there', async () => {
  const machine = startMachine();
  await startServer(machine);
  const history = await History.of(machine, 1000);
  for (let second = 1; second <= 5; second++) {
    await machine.advance(1000);
    await run(machine, ['redis-cli', 'SET', 'second', String(second)]);
    await history.follow();
    await history.follow();
  }
  expect(history.saves.map(({ uptimeMs }) => uptimeMs)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  await machine.advance(500);
  expect((await history.back(2000)).uptimeMs).toBe(3000);
  expect((await run(machine, ['redis-cli', 'GET', 'second'])).stdout).toBe('3\n');
  expect(history.saves.map(({ uptimeMs }) => uptimeMs)).toEqual([0, 1000, 2000, 3000]);
  expect((await history.back(60_000)).uptimeMs).toBe(0);
});

test('a mark before a kill is where one can go back to', async () => {
  const machine = startMachine();
  const server = await startServer(machine);
  const history = await History.of(machine);
  await machine.advance(300);
  const before = await history.mark();
  await machine.kill(server.pid, 'SIGKILL');
  await machine.advance(10_000);
  expect(await machine.processes()).toEqual([]);
  await machine.restore(before.id);
  expect(await machine.processes()).toMatchObject([{ pid: server.pid }]);
  expect(history.saves.map(({ uptimeMs }) => uptimeMs)).toEqual([0, 300]);
});

test('saves that the machine has dropped are not gone back to', async () => {
  const machine = startMachine();
  const history = await History.of(machine);
  await machine.advance(5000);
  await history.mark();
  await machine.dropSave(history.saves[1]!.id);
  expect((await history.back(0)).uptimeMs).toBe(0);
  await machine.dropSave(history.saves[0]!.id);
  await expect(history.back(0)).rejects.toMatchObject({ code: 'ENOENT' });
});

/** What the server says to GET way, and how long the machine is up. */
async function standing(machine: Machine): Promise<{ way: string; uptimeMs: number }> {
  const { stdout } = await run(machine, ['redis-cli', 'GET', 'way']);
  return { way: stdout.trim(), uptimeMs: (await machine.clock()).uptimeMs };
}

test('the other way leads to the end of the time line that was left, and back again', async () => {
  const machine = startMachine();
  await startServer(machine);
  const history = await History.of(machine, 1000);
  const go = async (way: string): Promise<void> => {
    await run(machine, ['redis-cli', 'SET', 'way', way]);
    for (let second = 0; second < 4; second++) {
      await machine.advance(1000);
      await history.follow();
    }
  };
  await go('first');
  await machine.advance(500);
  expect(history.other).toBeUndefined();
  await history.back(2500);
  await go('second');
  expect(await standing(machine)).toEqual({ way: 'second', uptimeMs: 6000 });
  const uptimes = (): number[] => history.saves.map(({ uptimeMs }) => uptimeMs);
  expect(uptimes()).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000]);
  await history.otherWay();
  expect(await standing(machine)).toEqual({ way: 'first', uptimeMs: 4500 });
  // The past of the first, and nothing of the second.
  expect(uptimes()).toEqual([0, 1000, 2000, 3000, 4000, 4500]);
  await history.back(1000);
  expect((await standing(machine)).way).toBe('first');
  await history.otherWay();
  await history.otherWay();
  await history.otherWay();
  expect(await standing(machine)).toEqual({ way: 'first', uptimeMs: 4500 });
});

test('before the last thing that was done is where its reason was given', async () => {
  const machine = startMachine();
  const server = await startServer(machine);
  const history = await History.of(machine);
  await expect(history.backToReason()).rejects.toMatchObject({ code: 'ENOENT' });
  await machine.advance(300);
  await history.mark('kill redis-1');
  await machine.kill(server.pid, 'SIGKILL');
  await machine.advance(5000);
  await history.follow();
  expect(history.lastWithReason).toMatchObject({ reason: 'kill redis-1', uptimeMs: 300 });
  expect(await history.backToReason()).toMatchObject({ reason: 'kill redis-1', uptimeMs: 300 });
  expect(await machine.processes()).toMatchObject([{ pid: server.pid }]);
});

test('what has a name stays until it is dropped, whatever way is taken; the rest of a way that is left twice goes', async () => {
  const machine = startMachine();
  const history = await History.of(machine, 1000);
  await machine.advance(1000);
  const named = await history.name('before the exercise');
  await machine.advance(1000);
  await history.mark();
  await history.back(2000);
  await machine.advance(200);
  await history.back(0);
  const labels = async (): Promise<string[]> =>
    (await history.look()).map(({ label, uptimeMs }) => `${label} ${uptimeMs}`);
  expect(await labels()).toEqual([' 0', 'before the exercise 1000', ' 200']);
  await history.goTo(named.id);
  expect((await machine.clock()).uptimeMs).toBe(1000);
  await history.drop(named.id);
  expect((await labels()).filter((label) => label.startsWith('before'))).toEqual([]);
});

test('going to a save that is not kept changes nothing', async () => {
  const machine = startMachine();
  const history = await History.of(machine);
  await machine.advance(1000);
  await expect(history.goTo(99)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await machine.saves()).toHaveLength(1);
  expect(history.other).toBeUndefined();
  expect((await machine.clock()).uptimeMs).toBe(1000);
});

test('a save that is not one of the history has no past here', async () => {
  const machine = startMachine();
  const foreign = await machine.save('prepared');
  const history = await History.of(machine);
  await machine.advance(1000);
  await history.mark();
  await machine.restore(foreign.id);
  expect(history.saves).toEqual([]);
  await history.follow();
  expect(history.saves).toHaveLength(1);
});

test('saves are few: all of the last ones, some of the older ones, spread, and those with a reason', () => {
  let line: Mark[] = [];
  for (let second = 0; second < 1000; second++) {
    const reason = second % 100 === 50 ? { reason: `kill at ${second}` } : {};
    line.push({
      id: second,
      label: second === 7 ? 'named' : '',
      nowMs: 0,
      uptimeMs: second * 1000,
      ownBytes: 0,
      ...reason,
    });
    const gone = firstToGo(line);
    line = line.filter((mark) => mark !== gone);
  }
  expect(line.length).toBeLessThanOrEqual(RECENT + OLDER + REASONS + 2);
  expect(line.slice(-RECENT).map(({ id }) => id)).toEqual(Array.from({ length: RECENT }, (_, at) => 980 + at));
  expect(line[0]?.id).toBe(0);
  expect(line.filter(({ reason }) => reason).length).toBe(REASONS);
  expect(line.some(({ label }) => label === 'named')).toBe(true);
  const gaps = line.slice(1, -RECENT).map(({ uptimeMs }, at) => uptimeMs - line[at]!.uptimeMs);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(150_000);
});

test('what is ordered of a lab is told before it happens, so that a history can mark it', async () => {
  const lab = await startTopology(startMachine(), TOPOLOGIES.benchmark);
  const history = await History.of(lab.machine);
  lab.beforeFault = (fault, delayMs) => history.mark(`${fault.type} after ${delayMs}`);
  await lab.machine.advance(500);
  await apply(lab, { type: 'kill', node: 'redis-1' });
  expect(lab.node('redis-1').pid).toBeUndefined();
  expect(history.lastWithReason).toMatchObject({
    reason: 'kill after 0',
    uptimeMs: (await lab.machine.clock()).uptimeMs,
  });
  await history.backToReason();
  await lab.locate();
  expect(await lab.node('redis-1').ask('PING')).toBe('PONG');
});

test('a save of the history is on this way or another, any other is neither', async () => {
  const machine = startMachine();
  const foreign = await machine.save('prepared');
  const history = await History.of(machine);
  await machine.advance(1000);
  const left = await history.mark();
  await history.back(1000);
  expect([left.id, history.saves[0]!.id, foreign.id].map((id) => history.onThisWay(id))).toEqual([
    false,
    true,
    undefined,
  ]);
});
