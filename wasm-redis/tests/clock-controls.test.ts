/** The clock as a page offers it: pause, faster, to the next event, on by n seconds. */
import { expect, test } from 'vitest';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { type TerminalId } from '../machine.ts';
import { startMachine, startServer, utf8 } from './rig.ts';
import { Screen } from './screen.ts';

async function openPrompt(machine: DirectMachine): Promise<{ terminal: TerminalId; screen: Screen }> {
  const screen = new Screen(80);
  const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => screen.write(bytes));
  await machine.spawn({ argv: ['redis-cli'], terminal });
  await machine.settle();
  return { terminal, screen };
}

const type = async (machine: DirectMachine, terminal: TerminalId, text: string): Promise<void> => {
  await machine.type(terminal, utf8(text));
  await machine.settle();
};

test('while the clock is paused one can type, and commands are answered; no timer fires', async () => {
  let hostMs = 0;
  const machine = startMachine({ clockRate: 1 }, { monotonicMs: () => hostMs });
  await startServer(machine);
  const { terminal, screen } = await openPrompt(machine);
  hostMs += 5000;
  await machine.setClockRate(0);
  const { uptimeMs } = await machine.clock();
  await type(machine, terminal, 'SET k v PX 50\r');
  hostMs += 60_000;
  await type(machine, terminal, 'PTTL k\r');
  await type(machine, terminal, 'BLPOP never 1\r');
  hostMs += 60_000;
  await machine.settle();
  expect(await machine.clock()).toMatchObject({ uptimeMs, rate: 0 });
  expect(screen.text).toMatch(/PTTL k\n\(integer\) 50\n127\.0\.0\.1:6379> BLPOP never 1\n$/);
  await machine.advance(1100);
  expect(screen.text).toMatch(/BLPOP never 1\n\(nil\)\n\(1\.\d\ds\)\n127\.0\.0\.1:6379>$/);
  await type(machine, terminal, 'GET k\r');
  expect(screen.text).toMatch(/GET k\n\(nil\)\n127\.0\.0\.1:6379>$/);
});

test('a clock that goes on after a pause does not make up for it, and goes ten times as fast if it shall', async () => {
  let hostMs = 0;
  const machine = startMachine({ clockRate: 1 }, { monotonicMs: () => hostMs });
  const nowAfter = async (rate: number, realMs: number): Promise<number> => {
    await machine.setClockRate(rate);
    hostMs += realMs;
    return (await machine.clock()).uptimeMs;
  };
  expect(await nowAfter(1, 1000)).toBe(1000);
  expect(await nowAfter(0, 5000)).toBe(1000);
  expect(await nowAfter(10, 1000)).toBe(11_000);
  expect(await nowAfter(1, 1000)).toBe(12_000);
});

test('to the next event is to the next timer; the machine says whether there was one', async () => {
  const machine = startMachine();
  expect(await machine.advanceToNext('timer', 5000)).toBe(false);
  expect(await machine.clock()).toMatchObject({ uptimeMs: 5000 });
  await startServer(machine, '--hz', '10');
  const next = await machine.settle();
  expect(await machine.advanceToNext('timer', 5000)).toBe(true);
  expect(await machine.clock()).toMatchObject({ uptimeMs: 5000 + next });
});

test('to the next output passes over timers of which nothing is seen', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '3 1');
  const { terminal, screen } = await openPrompt(machine);
  await type(machine, terminal, 'SET k v\r');
  expect(await machine.advanceToNext('output', 60_000)).toBe(true);
  const saved = await machine.clock();
  // Redis saves once more than 3 whole seconds have passed.
  expect(saved.uptimeMs).toBeGreaterThan(4000);
  expect(saved.uptimeMs).toBeLessThan(4100);
  await type(machine, terminal, 'BLPOP never 2\r');
  const before = screen.text;
  while (screen.text === before) expect(await machine.advanceToNext('output', 60_000)).toBe(true);
  expect((await machine.clock()).uptimeMs - saved.uptimeMs).toBeCloseTo(2000, -3);
});

test('on by n seconds, everything on the way happens in its time; a limit is kept to', async () => {
  const machine = startMachine();
  const server = await startServer(machine, '--save', '2 1');
  const client = await server.client();
  await client.call('SET', 'k', 'v');
  await machine.advance(10_000);
  expect(server.log()).toMatch(/00:00:03\.\d+ \* 1 changes in 2 seconds/);
  const { uptimeMs } = await machine.clock();
  expect(await machine.advanceToNext('output', 250)).toBe(false);
  expect((await machine.clock()).uptimeMs - uptimeMs).toBe(250);
});
