import { expect, test } from 'vitest';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { type TerminalId } from '../machine.ts';
import { type Plain } from '../resp/plain.ts';
import { run, startMachine, startServer, utf8, watch } from './rig.ts';

const FOREVER = 'while true do end';
const BUSY = { error: expect.stringMatching(/^BUSY Redis is busy running a script/) };

/** Turns in which a test does nothing: longer than a script may take. */
const A_WHILE = Array.from({ length: 30 }, () => (): void => {});

/**
 * A machine whose thread a script keeps: nothing that is awaited goes on meanwhile. What a test does then, it does in
 * `meanwhile`, one function each time the machine asks its host for input.
 */
function startBusyMachine(): { machine: DirectMachine; meanwhile: (() => void)[] } {
  const meanwhile: (() => void)[] = [];
  const startedMs = performance.now();
  const whileBusy = (): void => {
    if (performance.now() - startedMs > 20_000) throw new Error('The script has not been stopped.');
    meanwhile.shift()?.();
  };
  return { machine: startMachine({}, { whileBusy }), meanwhile };
}

/** Options of a server whose scripts are slow after 50 ms. */
const IMPATIENT = ['--save', '', '--busy-reply-threshold', '50'];

/** Does something again and again until it has led to its end. */
function repeat(
  meanwhile: (() => void)[],
  action: () => Promise<Plain>,
  done: (reply: Plain) => boolean,
): Promise<Plain> {
  const { promise, resolve } = Promise.withResolvers<Plain>();
  let over = false;
  const again = (): void => {
    void action().then((reply) => {
      over ||= done(reply);
      if (over) resolve(reply);
    });
    if (!over) meanwhile.push(again);
  };
  meanwhile.push(again);
  return promise;
}

test.each([
  {
    kind: 'a script',
    start: [['EVAL', FOREVER, '0']],
    kill: ['SCRIPT', 'KILL'],
    reply: /^ERR Script killed by user with SCRIPT KILL/,
  },
  {
    kind: 'a function',
    start: [
      ['FUNCTION', 'LOAD', `#!lua name=lib\nredis.register_function('forever', function() ${FOREVER} end)`],
      ['FCALL', 'forever', '0'],
    ],
    kill: ['FUNCTION', 'KILL'],
    reply: /^ERR Script killed by user with SCRIPT KILL... script: forever/,
  },
])('$kind that never ends makes its server BUSY until it is killed', async ({ start, kill, reply }) => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const [stuck, other, third] = [await server.client(), await server.client(), await server.client()];
  await Promise.all([stuck, other, third].map((client) => client.call('PING')));
  const asked: Promise<Plain>[] = [];
  meanwhile.push(
    () => void asked.push(other.call('GET', 'k')),
    ...A_WHILE,
    () => void asked.push(third.call(...kill)),
  );
  const replies = await stuck.pipeline(start);
  expect(replies.at(-1)).toMatchObject({ kind: 'error', text: expect.stringMatching(reply) });
  expect(await Promise.all(asked)).toEqual([BUSY, 'OK']);
  expect(await other.call('GET', 'k')).toBe(null);
});

test('while one server is stuck the others, and programs, go on', async () => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const neighbour = await startServer(machine, '--port', '7000', '--save', '');
  const [stuck, killer, elsewhere] = [await server.client(), await server.client(), await neighbour.client()];
  let screen = '';
  const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
    screen += new TextDecoder().decode(bytes);
  });
  await machine.spawn({ argv: ['redis-cli', '-p', '7000'], terminal });
  await Promise.all([stuck, killer, elsewhere].map((client) => client.call('PING')));
  await machine.settle();
  const seen: unknown[] = [];
  const other = watch(stuck.call('EVAL', FOREVER, '0'));
  meanwhile.push(
    () => void elsewhere.call('INCR', 'n').then((reply) => seen.push(reply)),
    () => void elsewhere.call('INCR', 'n').then((reply) => seen.push(reply)),
    () => void machine.type(terminal, utf8('GET n\r')),
  );
  let steps = 0;
  const wait = (): void => {
    if (++steps > 20) void killer.call('SCRIPT', 'KILL').then((reply) => seen.push(reply));
    else meanwhile.push(wait);
    if (steps === 20) seen.push(screen.includes('\r\n"2"\r\n'));
  };
  meanwhile.push(wait);
  await machine.settle();
  expect(other.settled()).toBe(true);
  expect(seen).toEqual([true, 1, 2, 'OK']);
});

test('a second terminal can type SCRIPT KILL', async () => {
  const { machine, meanwhile } = startBusyMachine();
  await startServer(machine, ...IMPATIENT);
  const screens = ['', ''];
  const terminals: TerminalId[] = [];
  for (const at of [0, 1]) {
    const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, (bytes) => {
      screens[at] += new TextDecoder().decode(bytes);
    });
    await machine.spawn({ argv: ['redis-cli'], terminal });
    terminals.push(terminal);
  }
  await machine.settle();
  const type = (text: string) => (): void => void machine.type(terminals[1]!, utf8(text));
  meanwhile.push(...[...'PING\r'].map(type), ...A_WHILE, ...[...'SCRIPT KILL\r'].map(type));
  await machine.type(terminals[0]!, utf8(`EVAL "${FOREVER}" 0\r`));
  await machine.settle();
  expect(screens[1]).toContain('(error) BUSY Redis is busy running a script.');
  expect(screens[1]).toContain('OK\r\n127.0.0.1:6379> ');
  expect(screens[0]).toContain('Script killed by user with SCRIPT KILL');
});

test('a script that has written cannot be killed, but its server can be shut down', async () => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const [stuck, other] = [await server.client(), await server.client()];
  await Promise.all([stuck, other].map((client) => client.call('PING')));
  const found: Plain[] = [];
  const quiet = (error: unknown): void => expect(error).toMatchObject({ code: 'EPIPE' });
  meanwhile.push(
    ...A_WHILE,
    () => void other.call('SCRIPT', 'KILL').then((reply) => found.push(reply)),
    ...A_WHILE,
    () => void other.call('SHUTDOWN', 'NOSAVE').catch(quiet),
  );
  await stuck.call('EVAL', `redis.call('SET', 'k', 'v') ${FOREVER}`, 0).catch(quiet);
  expect(found).toEqual([{ error: expect.stringMatching(/^UNKILLABLE Sorry the script already executed write/) }]);
  expect(await server.exited).toEqual({ kind: 'exit', code: 0 });
  expect(await machine.listFiles('/data')).toEqual([]);
});

test('a stuck server can be killed by a signal', async () => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const client = await server.client();
  meanwhile.push(() => void machine.kill(server.pid, 'SIGKILL'));
  const refused = expect(client.call('EVAL', FOREVER, 0)).rejects.toMatchObject({ code: 'EPIPE' });
  expect(await server.exited).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  await refused;
});

test('a machine with a stuck server can be disposed of', async () => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const client = await server.client();
  meanwhile.push(() => void machine.dispose());
  const refused = expect(client.call('EVAL', FOREVER, 0)).rejects.toMatchObject({ code: 'EPIPE' });
  await expect(server.exited).rejects.toMatchObject({ code: 'EDISPOSED' });
  await refused;
});

test.each([
  ['the one that got stuck last', [1, 0]],
  ['the one that got stuck first', [0, 1]],
])('of two stuck servers each can be freed, beginning with %s', async (_name, order) => {
  const { machine, meanwhile } = startBusyMachine();
  const servers = [
    await startServer(machine, '--port', '7000', ...IMPATIENT),
    await startServer(machine, '--port', '7001', ...IMPATIENT),
  ];
  const stuck = [await servers[0]!.client(), await servers[1]!.client()];
  const killers = [await servers[0]!.client(), await servers[1]!.client()];
  await Promise.all([...stuck, ...killers].map((client) => client.call('PING')));
  const second = Promise.withResolvers<Plain>();
  meanwhile.push(() => void stuck[1]!.call('EVAL', FOREVER, 0).then(second.resolve, second.reject));
  meanwhile.push(...A_WHILE);
  for (const at of order) meanwhile.push(() => void killers[at]!.call('SCRIPT', 'KILL'));
  const killed = { error: expect.stringContaining('Script killed by user') };
  expect(await stuck[0]!.call('EVAL', FOREVER, 0)).toEqual(killed);
  expect(await second.promise).toEqual(killed);
  expect(await run(machine, ['redis-cli', '-p', '7001', 'PING'])).toMatchObject({ stdout: 'PONG\n' });
});

test('under a clock that runs a long script is interrupted as well', async () => {
  const { machine, meanwhile } = startBusyMachine();
  const server = await startServer(machine, ...IMPATIENT);
  const [stuck, other] = [await server.client(), await server.client()];
  await machine.setClockRate(1);
  const killed = repeat(
    meanwhile,
    () => other.call('SCRIPT', 'KILL'),
    (reply) => reply === 'OK',
  );
  expect(await stuck.call('EVAL', FOREVER, 0)).toMatchObject({ error: expect.stringContaining('killed by user') });
  expect(await killed).toBe('OK');
});
