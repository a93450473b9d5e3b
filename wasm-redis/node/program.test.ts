import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ProgramName } from '../machine.ts';
import { PROGRAM_LAUNCHER } from './launcher-command.ts';
import { freePort } from './free-port.ts';
import { launch, native, TcpClient, temporaryFolder } from './launcher-rig.ts';

// Each starts some processes, which takes seconds on a computer that does much else.
vi.setConfig({ testTimeout: 60_000 });

interface Ended {
  code: number | string;
  output: string;
}

/** Runs one of our programs to its end, with all that it prints. */
function run(program: ProgramName, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [...PROGRAM_LAUNCHER, program, ...args], { cwd: temporaryFolder() });
  child.stdin.end(input);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return once(child, 'close').then(([code, signal]) => ({ code: (code ?? signal) as number | string, output }));
}

test('redis-cli talks to a real port, takes commands from its input and ends with its code', async () => {
  const { port } = await launch();
  expect(await run('redis-cli', ['-p', String(port), 'SET', 'bike:1', 'Deimos'])).toEqual({ code: 0, output: 'OK\n' });
  expect(await run('redis-cli', ['-p', String(port)], 'GET bike:1\nINCR n\n')).toEqual({
    code: 0,
    output: 'Deimos\n1\n',
  });
  expect(await run('redis-cli', ['-p', '1', 'PING'])).toEqual({
    code: 1,
    output: expect.stringContaining('Connection refused') as string,
  });
});

test('more input than a pipe holds reaches redis-cli --pipe', async () => {
  const { port } = await launch();
  const { output } = await run('redis-cli', ['-p', String(port), '--pipe'], 'INCR n\r\n'.repeat(50_000));
  expect(output).toContain('errors: 0, replies: 50000');
});

test('redis-benchmark measures a real port', async () => {
  const { port } = await launch();
  const { code, output } = await run('redis-benchmark', ['-p', String(port), '-n', '1000', '-t', 'set', '--csv']);
  expect(code).toBe(0);
  expect(output).toContain('"SET",');
});

test('redis-check-aof asks before it repairs, and reads the answer', async () => {
  const file = join(temporaryFolder(), 'broken.aof');
  writeFileSync(file, '*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPI');
  const { code, output } = await run('redis-check-aof', ['--fix', file], 'y\n');
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining('Successfully truncated') as string,
  });
  expect(readFileSync(file, 'utf8')).toBe('*1\r\n$4\r\nPING\r\n');
});

test('the server’s process id is the real one', async () => {
  const { port, launcher } = await launch();
  const server = (await new TcpClient(port).call('INFO', 'server')) as string;
  expect(/process_id:(\d+)/.exec(server)?.[1]).toBe(String(launcher.process.pid));
});

test('a child that saves is a real process, and dies when that is killed', async () => {
  const { port, launcher } = await launch(['--rdb-key-save-delay', '100000000', '--save', '']);
  const client = new TcpClient(port);
  await client.call('SET', 'bike:1', 'Deimos');
  await client.call('BGSAVE');
  const child = Number(await native('pgrep', '-P', String(launcher.process.pid)));
  process.kill(child, 'SIGKILL');
  await launcher.logged('Background saving terminated by signal 9');
  expect(await client.call('INFO', 'persistence')).toContain('rdb_last_bgsave_status:err');
  await expect(native('pgrep', '-P', String(launcher.process.pid))).rejects.toThrow();
});

test('a server that aborts ends by that signal, after its report', async () => {
  const { launcher } = await launch();
  launcher.process.kill('SIGABRT');
  expect(await launcher.exited).toBe('SIGABRT');
  expect(launcher.log).toContain('crashed by signal: 6');
});

test('a server that touches memory that it does not have ends by SIGSEGV, after its report', async () => {
  const { port, launcher } = await launch(['--enable-debug-command', 'yes']);
  new TcpClient(port).socket.write('DEBUG SEGFAULT\r\n');
  expect(await launcher.exited).toBe('SIGSEGV');
  expect(launcher.log).toContain('crashed by signal: 11');
});

test('only this computer can connect, unless the environment says anywhere', async () => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
  if (!address) return; // a computer without a network has no other address
  const knock = (port: number): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(port, address, () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      onTestFinished(() => void socket.destroy());
    });
  expect(await knock((await launch()).port)).toBe('ECONNREFUSED');
  process.env['REDIS_LAUNCHER_LISTEN'] = 'anywhere';
  onTestFinished(() => void delete process.env['REDIS_LAUNCHER_LISTEN']);
  expect(await knock((await launch()).port)).toBe('connected');
});

/** Types into one of our programs on a terminal of its own, and waits for what shall appear. */
async function onTerminal(
  program: ProgramName,
  args: readonly string[],
  steps: readonly [keys: string, shown: string][],
) {
  const command = [process.execPath, ...PROGRAM_LAUNCHER, program, ...args].join(' ');
  const child = spawn('script', ['-qec', `stty cols 80 rows 24; exec ${command}`, '/dev/null'], {
    cwd: temporaryFolder(),
    env: { ...process.env, HOME: temporaryFolder() },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => code as number);
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (screen += text));
  for (const [keys, shown] of steps) {
    screen = '';
    child.stdin.write(keys);
    while (!screen.includes(shown)) await once(child.stdout, 'data');
  }
  return ended;
}

test('on a terminal redis-cli edits lines, and Ctrl-C ends MONITOR but not redis-cli', async () => {
  const { port } = await launch();
  const prompt = `127.0.0.1:${port}> `;
  const code = await onTerminal(
    'redis-cli',
    ['-p', String(port)],
    [
      ['', prompt],
      ['SET bike:1 Deimx\x7fos\r', 'OK\r'],
      ['GET bike:1\r', '"Deimos"'],
      ['MONITOR\r', 'OK\r'],
      ['\x03', prompt],
      ['PING\r', 'PONG'],
      ['exit\r', ''],
    ],
  );
  expect(code).toBe(0);
});

test('redis-cli leaves what it does not read to others', async () => {
  const { port } = await launch();
  const cli = [process.execPath, ...PROGRAM_LAUNCHER, 'redis-cli', '-p', String(port)].join(' ');
  const script = `printf 'a\\nb\\nc\\n' | while read word; do ${cli} RPUSH list "$word"; done`;
  expect(await native('sh', '-c', script)).toBe('1\n2\n3\n');
});

test('a program gets the environment', async () => {
  const { port } = await launch(['--requirepass', 'secret']);
  const cli = [process.execPath, ...PROGRAM_LAUNCHER, 'redis-cli', '-p', String(port)].join(' ');
  expect(await native('sh', '-c', `REDISCLI_AUTH=secret ${cli} PING`)).toBe('PONG\n');
});

test('daemonize yes: the command ends with 0, the server goes on in a process of its own until SHUTDOWN', async () => {
  const folder = temporaryFolder();
  const port = await freePort();
  const pidFile = join(folder, 'redis.pid');
  writeFileSync(join(folder, 'redis.conf'), `port ${port}\ndaemonize yes\npidfile ${pidFile}\n`);
  expect(await run('redis-server', [join(folder, 'redis.conf'), '--dir', folder])).toEqual({ code: 0, output: '' });
  await listening(port);
  const client = new TcpClient(port);
  expect(await client.call('CONFIG', 'GET', 'daemonize')).toEqual(['daemonize', 'yes']);
  const info = (await client.call('INFO', 'server')) as string;
  expect(readFileSync(pidFile, 'utf8').trim()).toBe(/process_id:(\d+)/.exec(info)?.[1]);
  client.socket.write('SHUTDOWN NOSAVE\r\n');
  await once(client.socket, 'end');
  expect(existsSync(pidFile)).toBe(false);
});

/** Resolves when somebody listens on a port, whose process is not ours to ask. */
async function listening(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const reached = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  if (!reached) await listening(port);
}

test('a server whose configuration comes from standard input refuses to go into the background', async () => {
  expect(await run('redis-server', ['-'], 'daemonize yes\n')).toEqual({
    code: 1,
    output: expect.stringContaining('The server cannot go into the background') as string,
  });
});
