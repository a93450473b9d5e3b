import { expect, test } from 'vitest';
import { run, startMachine, startServer } from '../tests/rig.ts';
import { History } from './history.ts';

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
