import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ProgramName } from '../machine.ts';
import { PROGRAM_LAUNCHER } from './launcher-command.ts';
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
