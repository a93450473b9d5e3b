import { expect, test } from 'vitest';
import { open, PROMPT, start } from './redis-cli-rig.ts';
import { startMachine, startServer, utf8 } from './rig.ts';
import { Screen } from './screen.ts';

const INTERRUPT = '\x03';

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
