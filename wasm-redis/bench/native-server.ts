import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../node/free-port.ts';
import { answers } from './answers.ts';
import { type Path, SERVER_OPTIONS } from './path.ts';
import { CONNECTIONS, type Pipeline, type Row } from './rows.ts';

const run = promisify(execFile);
/** redis-benchmark tries for ever to reach a server that has gone. */
const PATIENCE_MS = 120_000;
/** The last line of redis-benchmark's CSV: the test's name, then numbers, the first of which are requests a second. */
const CSV_ROW = /^".*","([\d.]+)"(?:,"[\d.]+"){6}$/;

/** Debian's redis-server, or whichever is first on the PATH, under redis-benchmark of the same package. */
export class NativeServer implements Path {
  readonly #server: ChildProcess;
  readonly #folder: string;
  readonly #port: number;

  private constructor(server: ChildProcess, folder: string, port: number) {
    this.#server = server;
    this.#folder = folder;
    this.#port = port;
  }

  /** Starts it on a free port of the loopback. Rejects, saying what to install, if it is not there. */
  static async start(): Promise<NativeServer> {
    const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'redis-bench-'))]);
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...SERVER_OPTIONS];
    const server = spawn('redis-server', options, { stdio: 'ignore' });
    try {
      await once(server, 'spawn');
    } catch {
      throw new Error('There is no redis-server on the PATH to compare with. On Debian: apt-get install redis-server');
    }
    await answers(port, server);
    return new NativeServer(server, folder, port);
  }

  async prepare(row: Row): Promise<void> {
    await prepareOverTcp(this.#port, row);
  }

  run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    return runNativeBenchmark(this.#port, row, pipeline, requests);
  }

  async stop(): Promise<void> {
    this.#server.kill();
    if (this.#server.exitCode === null && this.#server.signalCode === null) await once(this.#server, 'exit');
    await rm(this.#folder, { recursive: true });
  }
}

/** Native redis-benchmark against whatever listens on a loopback port. Returns commands per second. */
export async function runNativeBenchmark(
  port: number,
  row: Row,
  pipeline: Pipeline,
  requests: number,
): Promise<number> {
  const { stdout } = await run('redis-benchmark', benchmarkArguments(port, row, pipeline, requests), {
    timeout: PATIENCE_MS,
  });
  return parseRate(stdout);
}

/** The arguments with which both redis-benchmarks are called. */
export function benchmarkArguments(port: number, row: Row, pipeline: Pipeline, requests: number): string[] {
  const counts = ['-n', String(requests), '-c', String(CONNECTIONS), '-P', String(pipeline)];
  return ['-h', '127.0.0.1', '-p', String(port), ...counts, '--csv', ...row.command];
}

/** Commands per second from redis-benchmark's `--csv` output. Throws if there are none. */
export function parseRate(csv: string): number {
  const rate = CSV_ROW.exec(csv.trim().split('\n').at(-1) ?? '')?.[1];
  if (rate === undefined) throw new Error(`redis-benchmark printed no row of numbers:\n${csv}`);
  return Number(rate);
}

/** `Path.prepare` with native redis-cli. */
export async function prepareOverTcp(port: number, row: Row): Promise<void> {
  await command(port, 'FLUSHALL', 'SYNC');
  if (row.prepare) await command(port, ...row.prepare.map(String));
}

async function command(port: number, ...args: string[]): Promise<void> {
  await run('redis-cli', ['-h', '127.0.0.1', '-p', String(port), ...args]);
}
