import { expect, test } from 'vitest';
import { type Machine } from '../machine.ts';
import { run, startMachine, startServer } from '../tests/rig.ts';
import { PreparedMachines } from './prepared-machines.ts';

const serverWith =
  (value: string) =>
  async (machine: Machine): Promise<void> => {
    await startServer(machine, '--appendonly', value === 'aof' ? 'yes' : 'no');
    await run(machine, ['redis-cli', 'SET', 'k', value]);
  };

const value = async (machine: Machine): Promise<string> =>
  (await run(machine, ['redis-cli', 'GET', 'k'])).stdout.trim();

test('each lesson finds its machine, whatever was done to that of another', async () => {
  const machine = startMachine();
  const prepared = await PreparedMachines.on(machine);
  await prepared.enter('one', serverWith('first'));
  const [before] = await machine.processes();
  await run(machine, ['redis-cli', 'SHUTDOWN', 'NOSAVE']);
  await prepared.enter('two', serverWith('aof'));
  expect(await value(machine)).toBe('aof');
  const never = (): Promise<void> => Promise.reject(new Error('prepared twice'));
  await prepared.enter('one', never);
  expect(await value(machine)).toBe('first');
  expect(await machine.processes()).toMatchObject([{ pid: before!.pid }]);
  expect(await machine.listFiles('/data/appendonlydir')).toEqual([]);
  await prepared.enter('two', never);
  expect(await value(machine)).toBe('aof');
});

test('a preparation that fails leaves the machine as it was before, and is tried again', async () => {
  const machine = startMachine();
  const prepared = await PreparedMachines.on(machine);
  const failing = async (half: Machine): Promise<void> => {
    await startServer(half);
    throw new Error('half a machine');
  };
  await expect(prepared.enter('one', failing)).rejects.toThrow('half a machine');
  expect(await machine.processes()).toEqual([]);
  expect(prepared.has('one')).toBe(false);
  await prepared.enter('one', serverWith('x'));
  expect(prepared.has('one')).toBe(true);
});

test('those that are entered at the same time are prepared one after the other', async () => {
  const machine = startMachine();
  const prepared = await PreparedMachines.on(machine);
  await Promise.all([prepared.enter('one', serverWith('1')), prepared.enter('two', serverWith('2'))]);
  expect(await value(machine)).toBe('2');
  await prepared.enter('one', serverWith('3'));
  expect(await value(machine)).toBe('1');
  await prepared.drop('one');
  await prepared.enter('one', serverWith('3'));
  expect(await value(machine)).toBe('3');
});
