import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../node/free-port.ts';
import { LAUNCHER } from '../node/launcher-command.ts';
import { answers } from './answers.ts';
import { prepareOverTcp, runNativeBenchmark } from './native-server.ts';
import { type Path, SERVER_OPTIONS } from './path.ts';
import { type Pipeline, type Row } from './rows.ts';

/** Our server behind the launcher on a real port, under native redis-benchmark. */
export class TcpPath implements Path {
  readonly #launcher: ChildProcess;
  readonly #folder: string;
  readonly #port: number;

  private constructor(launcher: ChildProcess, folder: string, port: number) {
    this.#launcher = launcher;
    this.#folder = folder;
    this.#port = port;
  }

  static async start(): Promise<TcpPath> {
    const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'redis-bench-'))]);
    const args = [...LAUNCHER, '--port', String(port), ...SERVER_OPTIONS];
    const launcher = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    await answers(port, launcher);
    return new TcpPath(launcher, folder, port);
  }

  async prepare(row: Row): Promise<void> {
    await prepareOverTcp(this.#port, row);
  }

  run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    return runNativeBenchmark(this.#port, row, pipeline, requests);
  }

  async stop(): Promise<void> {
    this.#launcher.kill();
    if (this.#launcher.exitCode === null && this.#launcher.signalCode === null) await once(this.#launcher, 'exit');
    await rm(this.#folder, { recursive: true });
  }
}
