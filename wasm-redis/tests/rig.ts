/** A machine on a laboratory bench: a fixed seed, a clock that stands until it is moved, and leads to what runs on it. */
import { onTestFinished } from 'vitest';
import { type DirectMachine, createDirectMachine } from '../direct/direct-machine.ts';
import { createHost } from '../direct/host.ts';
import { type Host } from '../kernel/host.ts';
import { type ExitStatus, type Machine, type MachineOptions, type Pid, type SpawnOptions } from '../machine.ts';
import { loadModule } from '../node/load-module.ts';
import { RedisClient } from '../resp/client.ts';

/** 2026-01-01 00:00:00 UTC. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);
export const PORT = 6379;

const STUCK_AFTER_MS = 20_000;

const decoder = new TextDecoder();

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A machine with seed 1 at `EPOCH_MS` whose clock stands, disposed of when the test ends. */
export function startMachine(options: Partial<MachineOptions> = {}, host: Partial<Host> = {}): DirectMachine {
  const machine = createDirectMachine(
    { loadModule, seed: 1, epochMs: EPOCH_MS, clockRate: 0, ...options },
    createHost({ whileBusy: failWhenStuck(), ...host }),
  );
  onTestFinished(() => machine.dispose());
  return machine;
}

/** A process that never gives the thread back would hang the whole run, past every time limit of a test. */
function failWhenStuck(): () => void {
  const startedMs = performance.now();
  return () => {
    if (performance.now() - startedMs < STUCK_AFTER_MS) return;
    throw new Error(`A process has kept the thread for ${STUCK_AFTER_MS} ms, and nobody can interrupt it.`);
  };
}

/** A program that has been spawned, with what it has printed so far. */
export interface RunningProgram {
  pid: Pid;
  output: { stdout: string; stderr: string };
  exited: Promise<ExitStatus>;
}

export async function spawn(machine: Machine, options: SpawnOptions): Promise<RunningProgram> {
  const output = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const pid = await machine.spawn({
    ...options,
    onOutput: (bytes, stream) => {
      output[stream] += decoders[stream].decode(bytes, { stream: true });
    },
  });
  return { pid, output, exited: machine.exited(pid) };
}

/** Runs a program to its end, without moving the clock, and returns what it printed and how it ended. */
export async function run(
  machine: Machine,
  argv: SpawnOptions['argv'],
  options: Omit<SpawnOptions, 'argv'> = {},
): Promise<{ stdout: string; stderr: string; status: ExitStatus }> {
  const program = await spawn(machine, { argv, ...options });
  const status = await program.exited;
  return { ...program.output, status };
}

export interface RunningServer extends RunningProgram {
  port: number;
  /** What the server has logged: its standard output. */
  log(): string;
  client(): Promise<RedisClient>;
}

/** Starts a server on port 6379, or the `--port` among the options, and waits until it listens. */
export async function startServer(machine: Machine, ...options: string[]): Promise<RunningServer> {
  const named = options.indexOf('--port');
  const port = named < 0 ? PORT : Number(options[named + 1]);
  const argv = ['redis-server', '--port', String(port), '--maxmemory', '100mb', ...options] as const;
  const program = await spawn(machine, { argv });
  await Promise.race([
    machine.listening(port),
    program.exited.then((status) => {
      throw new Error(`The server ended before it listened: ${JSON.stringify(status)}\n${program.output.stdout}`);
    }),
  ]);
  return { ...program, port, log: () => program.output.stdout, client: () => RedisClient.connect(machine, { port }) };
}

/** A machine with one server and a client of it. */
export async function startRedis(
  ...options: string[]
): Promise<{ machine: DirectMachine; server: RunningServer; client: RedisClient }> {
  const machine = startMachine();
  const server = await startServer(machine, ...options);
  return { machine, server, client: await server.client() };
}

/** A file of the machine as text. */
export async function readText(machine: Machine, path: string): Promise<string> {
  return decoder.decode(await machine.readFile(path));
}

/** Whether a promise has settled by now. */
export function watch(promise: Promise<unknown>): { settled: () => boolean } {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  return { settled: () => settled };
}
