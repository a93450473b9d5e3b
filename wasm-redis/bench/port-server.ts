import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../node/free-port.ts';
import { answers } from './answers.ts';
import { prepareOverTcp, runNativeBenchmark } from './native-benchmark.ts';
import { type Path } from './path.ts';
import { type Pipeline, type Row } from './rows.ts';

/** A server in a process and a folder of its own, on a free port of the loopback, under native redis-benchmark. */
export class PortServer implements Path {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #port: number;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.#port = port;
  }

  /** @param begin starts the process. Rejects as it does, or if the process ends before it answers. */
  static async start(begin: (port: number, folder: string) => Promise<ChildProcess>): Promise<PortServer> {
    const [port, folder] = await Promise.all([freePort(), mkdtemp(join(tmpdir(), 'redis-bench-'))]);
    const process = await begin(port, folder);
    await answers(port, process);
    return new PortServer(process, folder, port);
  }

  async prepare(row: Row): Promise<void> {
    await prepareOverTcp(this.#port, row);
  }

  run(row: Row, pipeline: Pipeline, requests: number): Promise<number> {
    return runNativeBenchmark(this.#port, row, pipeline, requests);
  }

  async stop(): Promise<void> {
    this.#process.kill();
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, 'exit');
    await rm(this.#folder, { recursive: true });
  }
}
