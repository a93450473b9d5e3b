import { expect, test } from 'vitest';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { type Pid, type SpawnOptions, type TerminalId } from '../machine.ts';
import { readText, startMachine, startServer, utf8 } from './rig.ts';
import { Screen } from './screen.ts';

const PROMPT = '127.0.0.1:6379> ';
const UP = '\x1b[A';
const DOWN = '\x1b[B';
const LEFT = '\x1b[D';
const INTERRUPT = '\x03';

/** A person before a terminal on which a program runs. */
interface Session {
  pid: Pid;
  terminal: TerminalId;
  screen: Screen;
  type: (keys: string) => Promise<void>;
}

async function open(
  machine: DirectMachine,
  argv: SpawnOptions['argv'] = ['redis-cli'],
  columns = 80,
): Promise<Session> {
  const screen = new Screen(columns);
  const terminal = await machine.openTerminal({ columns, rows: 24 }, (bytes) => screen.write(bytes));
  const pid = await machine.spawn({ argv, terminal });
  await machine.settle();
  const type = async (keys: string): Promise<void> => {
    await machine.type(terminal, utf8(keys));
    await machine.settle();
  };
  return { pid, terminal, screen, type };
}

async function start(...options: string[]): Promise<Session & { machine: DirectMachine }> {
  const machine = startMachine();
  await startServer(machine, '--save', '', ...options);
  return { machine, ...(await open(machine)) };
}

test('commands are answered below the prompt, as redis-cli prints them', async () => {
  const { screen, type } = await start();
  expect(screen.text).toBe(PROMPT.trimEnd());
  await type('SET bike:1 Deimos\r');
  await type('GET bike:1\r');
  await type('RPUSH l a b\r');
  await type('LRANGE l 0 -1\r');
  await type('GET nothing\r');
  await type('INCR bike:1\r');
  expect(screen.text).toBe(
    `127.0.0.1:6379> SET bike:1 Deimos
OK
127.0.0.1:6379> GET bike:1
"Deimos"
127.0.0.1:6379> RPUSH l a b
(integer) 2
127.0.0.1:6379> LRANGE l 0 -1
1) "a"
2) "b"
127.0.0.1:6379> GET nothing
(nil)
127.0.0.1:6379> INCR bike:1
(error) ERR value is not an integer or out of range
127.0.0.1:6379>`,
  );
});

test('the prompt tells the database and that a transaction is open', async () => {
  const { screen, type } = await start();
  await type('SELECT 2\rMULTI\rPING\rEXEC\r');
  expect(screen.text.split('\n').map((line) => line.split('>')[0])).toEqual([
    '127.0.0.1:6379',
    'OK',
    '127.0.0.1:6379[2]',
    'OK',
    '127.0.0.1:6379[2](TX)',
    'QUEUED',
    '127.0.0.1:6379[2](TX)',
    '1) PONG',
    '127.0.0.1:6379[2]',
  ]);
});

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

test('help explains commands and groups', async () => {
  const { screen, type } = await start();
  await type('help SET\r');
  expect(screen.text).toMatch(
    /\n {2}SET key value \[NX\|XX\] \[GET\][^]*\n {2}summary: Set the string value of a key\n {2}since: 1\.0\.0\n {2}group: string\n/,
  );
  await type('help @set\r');
  expect(screen.text).toContain('summary: Add one or more members to a set');
  await type('help\r');
  expect(screen.text).toContain('To get help about Redis commands type:');
});

test.each([
  { command: 'SUBSCRIBE news', event: ['PUBLISH', 'news', 'hello'], shown: '3) "hello"' },
  { command: 'MONITOR', event: ['SET', 'k', 'v'], shown: '"SET" "k" "v"' },
])('$command shows what happens until Ctrl-C, and then there is a prompt again', async ({ command, event, shown }) => {
  const { machine, pid, screen, type } = await start();
  const publisher = await open(machine, ['redis-cli']);
  await type(`${command}\r`);
  if (command !== 'MONITOR') expect(screen.text).toContain('Reading messages... (press Ctrl-C to quit)');
  await publisher.type(`${event.join(' ')}\r`);
  expect(screen.text).toContain(shown);
  await machine.advance(2500);
  await type(INTERRUPT);
  expect(screen.text).toContain('\n^C(2.50s)\n');
  expect(screen.beforeCursor).toBe(PROMPT);
  const before = screen.text.length;
  await publisher.type(`${event.join(' ')}\r`);
  expect(screen.text.length).toBe(before);
  await type('PING\r');
  expect(screen.text).toMatch(/PONG\n127\.0\.0\.1:6379>$/);
  expect((await machine.processes()).map((process) => process.pid)).toContain(pid);
});

test('Ctrl-C at the prompt, and Ctrl-D, end redis-cli', async () => {
  for (const key of [INTERRUPT, '\x04']) {
    const { machine, pid, type } = await start();
    await type(key);
    expect(await machine.exited(pid)).toEqual({ kind: 'exit', code: 0 });
  }
});

test('Ctrl-C ends a redis-cli that waits for a reply', async () => {
  const { machine, pid, type } = await start();
  await type('BLPOP q 0\r');
  await type(INTERRUPT);
  expect(await machine.exited(pid)).toMatchObject({ kind: 'exit', code: 1 });
});

test('a server that dies is noticed, and one that comes back is found again', async () => {
  const machine = startMachine();
  const server = await startServer(machine, '--save', '');
  const { screen, type } = await open(machine);
  await type('SELECT 3\r');
  await machine.kill(server.pid, 'SIGKILL');
  await type('PING\r');
  expect(screen.text).toContain('Error: Server closed the connection');
  expect(screen.beforeCursor).toBe('not connected> ');
  await type('PING\r');
  expect(screen.text).toContain('Could not connect to Redis at 127.0.0.1:6379: Connection refused');
  await startServer(machine, '--save', '');
  await type('PING\r');
  expect(screen.beforeCursor).toBe('127.0.0.1:6379[3]> ');
  expect(screen.text).toMatch(/PONG\n127\.0\.0\.1:6379\[3\]>$/);
});

test('without a server there is a prompt that says so', async () => {
  const machine = startMachine();
  const { screen, type } = await open(machine);
  expect(screen.text).toBe('Could not connect to Redis at 127.0.0.1:6379: Connection refused\nnot connected>');
  await type('connect 127.0.0.1 7000\r');
  await startServer(machine, '--port', '7000', '--save', '');
  await type('connect 127.0.0.1 7000\r');
  expect(screen.beforeCursor).toBe('127.0.0.1:7000> ');
});

test('what is pasted, several lines at once, is all typed', async () => {
  const { screen, type } = await start();
  await type('SET a 1\rSET b 2\rMGET a b\r');
  expect(screen.text).toMatch(/1\) "1"\n2\) "2"\n127\.0\.0\.1:6379>$/);
});

test('control characters in values are shown as text and never reach the terminal', async () => {
  const { screen, type } = await start();
  await type('SET k "\\x1b[2J\\x07\\x9b\\r\\n<b>"\r');
  await type('GET k\r');
  expect(screen.text).toContain('"\\x1b[2J\\a\\x9b\\r\\n<b>"');
});

test('redis-cli’s own commands: repeat, clear, RESP3', async () => {
  const { screen, type } = await start();
  await type('3 INCR n\r');
  expect(screen.text).toContain('(integer) 1\n(integer) 2\n(integer) 3\n');
  await type('clear\r');
  expect(screen.text).toBe(PROMPT.trimEnd());
  await type('HELLO 3\r');
  await type('HSET h f v\r');
  await type('HGETALL h\r');
  expect(screen.text).toMatch(/1# "f" => "v"\n127\.0\.0\.1:6379>$/);
});

test('the Lua debugger runs a script step by step', async () => {
  const lines = ['step\r', 'step\r', 'print m\r', 'continue\r'];
  // A session keeps the thread until it has ended, so the keys have to come by way of the host.
  const machine = startMachine({}, { whileBusy: () => void typeNext() });
  await startServer(machine, '--save', '');
  await machine.writeFile('/data/script.lua', utf8('local n = 1\nlocal m = n + 1\nreturn m\n'));
  const screen = new Screen(80);
  const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => screen.write(bytes));
  const typeNext = (): void => {
    const line = screen.beforeCursor === 'lua debugger> ' ? lines.shift() : undefined;
    if (line) void machine.type(terminal, utf8(line));
  };
  await machine.spawn({ argv: ['redis-cli', '--ldb-sync-mode', '--eval', 'script.lua'], terminal });
  await machine.settle();
  expect(screen.text).toContain('Lua debugging session started');
  expect(screen.text).toContain('-> 2   local m = n + 1');
  expect(screen.text).toContain('<value> 2');
  expect(screen.text).toContain('(integer) 2');
  expect(screen.text).toContain('(Lua debugging session ended');
});

test('a debugging session that would need a fork is refused in words', async () => {
  const machine = startMachine();
  await startServer(machine, '--save', '');
  await machine.writeFile('/data/script.lua', utf8('return 1\n'));
  const { screen } = await open(machine, ['redis-cli', '--ldb', '--eval', 'script.lua']);
  expect(screen.text).toContain("Fork() failed: can't run EVAL in debugging mode");
});
