import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { type ModuleName } from '../machine.ts';
import { freePort } from '../node/free-port.ts';
import { LAUNCHER } from '../node/launcher-command.ts';
import { loadModule } from '../node/load-module.ts';
import { RedisClient } from '../resp/client.ts';
import { answers } from './answers.ts';
import { type Figure } from './figure.ts';
import { median } from './measure.ts';
import { SERVER_OPTIONS } from './path.ts';

const PORT = 6379;

/** How long it takes until a new server answers its first PING, and what a process takes of the memory. */
export async function measureBoot(runs: number): Promise<Figure[]> {
  const modules = new Map<ModuleName, WebAssembly.Module>();
  const compileMs = await timed(async () => {
    for (const name of ['redis-server', 'redis-cli', 'redis-benchmark'] as const) {
      modules.set(name, await loadModule(name));
    }
  });
  const compiled = async (name: ModuleName): Promise<WebAssembly.Module> => modules.get(name)!;
  const inMachine: number[] = [];
  const launched: number[] = [];
  const native: number[] = [];
  const resting = await startNative();
  const nativeMemory = residentBytes(resting.server.pid);
  await resting.stop();
  for (let run = 0; run < runs; run++) {
    inMachine.push(
      await timed(async () => {
        const machine = createDirectMachine({ loadModule: compiled });
        await startServer(machine);
        return () => machine.dispose();
      }),
    );
    launched.push(await timed(async () => (await startLauncher()).stop));
    native.push(await timed(async () => (await startNative()).stop));
  }
  return [
    { name: 'compile the three modules (Node)', value: compileMs, unit: 'ms' },
    { name: 'boot: new machine to first PONG', value: median(inMachine), native: median(native), unit: 'ms' },
    { name: 'boot: launcher to first PONG', value: median(launched), native: median(native), unit: 'ms' },
    ...(await measureMemory(compiled, nativeMemory)),
  ];
}

async function measureMemory(
  compiled: (name: ModuleName) => Promise<WebAssembly.Module>,
  native: number | undefined,
): Promise<Figure[]> {
  const machine = createDirectMachine({ loadModule: compiled });
  await startServer(machine);
  await machine.spawn({ argv: ['redis-cli'], stdin: 'open' });
  // `-l` runs until it is killed.
  const speaks = Promise.withResolvers<void>();
  const options = ['-q', '-l', '-t', 'ping_mbulk'];
  await machine.spawn({ argv: ['redis-benchmark', ...options], onOutput: () => speaks.resolve() });
  await speaks.promise;
  const processes = await machine.processes();
  await machine.dispose();
  return processes.map(({ argv, memoryBytes }): Figure => {
    const figure: Figure = { name: `memory: ${argv[0]!}`, value: memoryBytes, unit: 'bytes' };
    return argv[0] === 'redis-server' && native !== undefined ? { ...figure, native } : figure;
  });
}

async function startServer(machine: DirectMachine): Promise<void> {
  await machine.spawn({ argv: ['redis-server', '--port', String(PORT), ...SERVER_OPTIONS] });
  await machine.listening(PORT);
  const client = await RedisClient.connect(machine, { port: PORT });
  const reply = await client.call('PING');
  if (reply !== 'PONG') throw new Error(`Expected PONG, found ${JSON.stringify(reply)}.`);
  await client.close();
}

/** Milliseconds of a start. What it returns stops what was started, and does not count. */
async function timed(start: () => Promise<void | (() => Promise<void>)>): Promise<number> {
  const begin = performance.now();
  const stop = await start();
  const milliseconds = performance.now() - begin;
  await stop?.();
  return milliseconds;
}

interface Started {
  server: ChildProcess;
  stop(this: void): Promise<void>;
}

function startNative(): Promise<Started> {
  return startProcess('redis-server', []);
}

function startLauncher(): Promise<Started> {
  return startProcess(process.execPath, LAUNCHER);
}

async function startProcess(command: string, args: readonly string[]): Promise<Started> {
  const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'redis-bench-'))]);
  const options = ['--port', String(port), '--bind', '127.0.0.1', ...SERVER_OPTIONS];
  const server = spawn(command, [...args, ...options], { cwd: folder, stdio: 'ignore' });
  await once(server, 'spawn');
  await answers(port, server);
  const stop = async (): Promise<void> => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    await rm(folder, { recursive: true });
  };
  return { server, stop };
}

/** What a process keeps in memory, undefined where there is no /proc. */
function residentBytes(pid: number | undefined): number | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(path, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
