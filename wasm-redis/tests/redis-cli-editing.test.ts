import { expect, test } from 'vitest';
import { open, PROMPT, start } from './redis-cli-rig.ts';
import { readText, startMachine, startServer } from './rig.ts';

const UP = '\x1b[A';
const DOWN = '\x1b[B';
const LEFT = '\x1b[D';
const INTERRUPT = '\x03';

test('a hint shows what may follow, and shrinks as it is typed', async () => {
  const { screen, type } = await start();
  await type('SET');
  expect(screen.beforeCursor).toBe(`${PROMPT}SET`);
  expect(screen.afterCursor).toMatch(/^ key value \[NX\|XX\]/);
  await type(' k');
  expect(screen.afterCursor).toMatch(/^ value \[NX\|XX\]/);
  await type(' v ');
  expect(screen.afterCursor).toMatch(/^\[NX\|XX\]/);
});

test('Tab completes commands, again and again', async () => {
  const { screen, type } = await start();
  await type('client ge\t');
  expect(screen.beforeCursor).toBe(`${PROMPT}CLIENT GETNAME`);
  await type('\t');
  expect(screen.beforeCursor).toBe(`${PROMPT}CLIENT GETREDIR`);
  await type('\r');
  expect(screen.text).toContain('(integer) -1');
  await type('help @ha\t');
  expect(screen.beforeCursor).toBe(`${PROMPT}help @hash`);
});

test('a line is edited with the keys of linenoise', async () => {
  const { screen, type } = await start();
  await type(`GET kx${'\x7f'}ey${LEFT}${LEFT}_`);
  expect([screen.beforeCursor, screen.afterCursor.split(' ')[0]]).toEqual([`${PROMPT}GET k_`, 'ey']);
  await type('\x01S\x05!\x15');
  expect(screen.beforeCursor).toBe(PROMPT);
  await type('ECHO one two\x17"deux"\r');
  expect(screen.text).toContain('(error) ERR wrong number of arguments');
  await type('\x0c');
  expect(screen.text).toBe(PROMPT.trimEnd());
});

test('a line longer than the terminal goes on in the next row', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  const { screen, type } = await open(machine, ['redis-cli'], 40);
  await type(`ECHO ${'0123456789'.repeat(5)}`);
  expect(screen.text.split('\n').slice(0, 2)).toEqual([
    `${PROMPT}ECHO 0123456789012345678`,
    expect.stringMatching(/^901234567890123456789012345678\d?/),
  ]);
  await type('\r');
  expect(screen.text).toContain(`"${'0123456789'.repeat(3)}`);
});

test('the arrows go through what was typed, and the next session remembers', async () => {
  const { machine, pid, screen, type } = await start();
  await type('SET k 1\r');
  await type('INCR k\r');
  await type(`${UP}${UP}`);
  expect(screen.beforeCursor).toBe(`${PROMPT}SET k 1`);
  await type(DOWN);
  expect(screen.beforeCursor).toBe(`${PROMPT}INCR k`);
  await type('\r');
  expect(screen.text).toContain('(integer) 3');
  await type('AUTH secret password\r');
  await type('quit\r');
  expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
  expect(await readText(machine, '/root/.rediscli_history')).toBe('SET k 1\nINCR k\nquit\n');
  const next = await open(machine);
  await next.type(`${UP}${UP}`);
  expect(next.screen.beforeCursor).toBe(`${PROMPT}INCR k`);
});

test('Ctrl-C at the prompt, and Ctrl-D, end redis-cli', async () => {
  for (const key of [INTERRUPT, '\x04']) {
    const { machine, pid, type } = await start();
    await type(key);
    expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
  }
});

test('what is pasted, several lines at once, is all typed', async () => {
  const { screen, type } = await start();
  await type('SET a 1\rSET b 2\rMGET a b\r');
  expect(screen.text).toMatch(/1\) "1"\n2\) "2"\n127\.0\.0\.1:6379>$/);
});
