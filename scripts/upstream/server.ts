import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAUNCHER } from '../../wasm-redis/node/launcher-command.ts';
import { freePort } from '../../wasm-redis/node/free-port.ts';
import { SetupError } from '../build-engine/run.ts';
import { nativeServer } from '../setup/native-redis.ts';
import type { Programs } from './workspace.ts';

const READY = 'Ready to accept connections';

/** As upstream's own workflow starts the server for this mode. */
const OPTIONS = ['--save', '', '--enable-protected-configs', 'yes', '--enable-debug-command', 'yes'];

/** A server that runs before the suite does and is not the suite's to stop. */
export class OutsideServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, process: ChildProcess, folder: string) {
    this.port = port;
    this.#process = process;
    this.#folder = folder;
  }

  /** Starts one on a free port, and waits until it is ready. Its log goes to a file. Rejects if it ends before. */
  static async start(programs: Programs, logFile: string): Promise<OutsideServer> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'upstream-server-'));
    const [program, ...words] = programs === 'ours' ? [process.execPath, ...LAUNCHER] : [nativeServer()];
    const child = spawn(program, [...words, '--port', String(port), ...OPTIONS], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const log = createWriteStream(logFile, { flags: 'a' });
    child.stdout.pipe(log);
    await ready(child);
    return new OutsideServer(port, child, folder);
  }

  /** Whether it still runs: a test may have brought it down. */
  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async stop(): Promise<void> {
    if (this.alive) {
      this.#process.kill('SIGKILL');
      await once(this.#process, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new SetupError(`${child.spawnfile} ended before it was ready.`);
  });
  const logged = new Promise<void>((resolve) => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      if (!text.includes(READY)) return;
      child.stdout!.off('data', look);
      resolve();
    };
    child.stdout!.on('data', look);
  });
  await Promise.race([logged, ended]);
  ended.catch(() => undefined); // later on it may end as it likes: see `alive`
}
