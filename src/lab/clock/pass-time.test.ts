import { expect, test } from 'vitest';
import { run, startMachine, startServer } from '../../../wasm-redis/tests/rig.ts';
import { passTime } from './pass-time.ts';

test('time passes timer by timer, to the millisecond', async () => {
  const machine = startMachine();
  await startServer(machine);
  await run(machine, ['redis-cli', 'SET', 'k', 'v', 'PX', '2100']);
  const passed: number[] = [];
  expect(await passTime(machine, 2500, new AbortController().signal, (ms) => passed.push(ms))).toBe(2500);
  expect(passed).toEqual([1000, 2000, 2500]);
  expect((await machine.clock()).uptimeMs).toBe(2500);
  expect((await run(machine, ['redis-cli', 'EXISTS', 'k'])).stdout).toBe('0\n');
});

test('it stops where it is when one wants it to', async () => {
  const machine = startMachine();
  const stop = new AbortController();
  expect(await passTime(machine, 3_600_000, stop.signal, (ms) => ms === 3000 && stop.abort())).toBe(3000);
  expect((await machine.clock()).uptimeMs).toBe(3000);
});

test('a rewind ends it', async () => {
  const machine = startMachine();
  const { id } = await machine.save();
  const passing = passTime(machine, 60_000, new AbortController().signal, (ms) => {
    if (ms === 5000) void machine.restore(id);
  });
  await expect(passing).rejects.toMatchObject({ code: 'ERESTORED' });
});
