import type { Machine, Pid } from '../../wasm-redis/machine.ts';
import { PrintedText } from './printed-text.ts';
import { ScreenError, type Screen } from './screen.ts';

/**
 * redis-cli without a terminal prints for machines; with this variable it prints for people. It then also reads lines
 * without a prompt and without echo, so the reply is all there is on its output.
 */
const ENVIRONMENT = { FAKETTY: '1', HOME: '/root', TERM: 'xterm-256color' };

/** A redis-cli with its standard input open. It is started with the first line, and again after `quit`. */
export class ClientScreen implements Screen {
  readonly #machine: Machine;
  readonly #options: readonly string[];
  readonly #printed = new PrintedText();
  #pid: Pid | undefined;
  /** Known without asking the machine, which in a page is another thread: nothing was typed since it was ready. */
  #isReady = true;

  constructor(machine: Machine, options: readonly string[]) {
    this.#machine = machine;
    this.#options = options;
  }

  async type(line: string): Promise<void> {
    this.#pid ??= await this.#start();
    this.#isReady = false;
    await this.#machine.writeStdin(this.#pid, new TextEncoder().encode(`${line}\n`));
  }

  async ready(limitMs: number): Promise<boolean> {
    if (this.#isReady || this.#pid === undefined) return true;
    if (!(await this.#machine.waitForInput(this.#pid, limitMs))) return false;
    await this.#forgetIfEnded(this.#pid);
    this.#isReady = true;
    return true;
  }

  async interrupt(): Promise<void> {
    this.#isReady = false;
    if (this.#pid !== undefined) await this.#machine.kill(this.#pid, 'SIGINT');
  }

  takeLines(): string[] {
    return this.#printed.takeLines();
  }

  #start(): Promise<Pid> {
    return this.#machine.spawn({
      argv: ['redis-cli', ...this.#options],
      env: ENVIRONMENT,
      stdin: 'open',
      onOutput: (bytes, stream) => this.#printed.append(bytes, stream),
    });
  }

  async #forgetIfEnded(pid: Pid): Promise<void> {
    if ((await this.#machine.processes()).some((process) => process.pid === pid)) return;
    const status = await this.#machine.exited(pid);
    this.#pid = undefined;
    if (status.kind === 'trap') throw new ScreenError(`redis-cli has crashed: ${status.message}`);
  }
}
