/** For tests: the launcher as a user starts it, and clients of its port. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { type Argument, encodePipeline } from '../resp/encode.ts';
import { RespParser } from '../resp/parser.ts';
import { type Plain, plain } from '../resp/plain.ts';
import { freePort } from './free-port.ts';
import { LAUNCHER } from './launcher-command.ts';

const READY = 'Ready to accept connections';

/** An empty folder, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'redis-launcher-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A launcher that runs, or has run. */
export class Launcher {
  readonly process: ChildProcess;
  /** Standard output and error so far. */
  log = '';
  /** The exit code, or the signal that ended it. */
  readonly exited: Promise<number | string>;

  /** Starts it with options of redis-server. It is killed when the test ends. */
  constructor(args: readonly string[], folder: string, input?: string) {
    this.process = spawn(process.execPath, [...LAUNCHER, ...args], { cwd: folder });
    this.process.stdin!.end(input);
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    }
    this.exited = once(this.process, 'close').then(([code, signal]) => (code ?? signal) as number | string);
    onTestFinished(async () => {
      this.process.kill('SIGKILL');
      await this.exited;
    });
  }

  /** Resolves when the log contains a text. Rejects if the launcher ends first. */
  async logged(text: string): Promise<void> {
    while (!this.log.includes(text)) {
      const ended = this.exited.then((code) => {
        throw new Error(`The launcher ended with ${code} before it logged "${text}":\n${this.log}`);
      });
      await Promise.race([once(this.process.stdout!, 'data'), ended]);
    }
  }
}

/** Starts a server on a free port, in a folder that is empty unless given, and waits until it is ready. */
export async function launch(
  args: readonly string[] = [],
  folder = temporaryFolder(),
): Promise<{ launcher: Launcher; port: number; folder: string }> {
  const port = await freePort();
  const launcher = new Launcher(['--port', String(port), ...args], folder);
  await launcher.logged(READY);
  return { launcher, port, folder };
}

/** Runs a native program. Resolves with its standard output; rejects if it fails. */
export async function native(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args);
  return stdout;
}

/** A client over real TCP, or a Unix socket by its path. */
export class TcpClient {
  readonly socket: Socket;
  readonly #parser = new RespParser();
  readonly #waiting: ((reply: Plain) => void)[] = [];

  constructor(address: number | string) {
    this.socket = typeof address === 'number' ? connect(address, '127.0.0.1') : connect(address);
    this.socket.on('data', (bytes) => {
      for (const reply of this.#parser.push(bytes)) this.#waiting.shift()!(plain(reply));
    });
    onTestFinished(() => void this.socket.destroy());
  }

  async call(...command: readonly Argument[]): Promise<Plain> {
    return (await this.pipeline([command]))[0]!;
  }

  /** Resolves with all replies. */
  pipeline(commands: readonly (readonly Argument[])[]): Promise<Plain[]> {
    this.socket.write(encodePipeline(commands));
    return Promise.all(commands.map(() => new Promise<Plain>((resolve) => this.#waiting.push(resolve))));
  }
}
