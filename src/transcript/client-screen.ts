import type { ExitStatus, Machine, Pid } from '../../wasm-redis/machine.ts';
import { PrintedText } from './printed-text.ts';
import { ScreenError, type Screen } from './screen.ts';

/**
 * redis-cli without a terminal prints for machines; with this variable it prints for people. It then also reads lines
 * without a prompt and without echo, so the reply is all there is on its output.
 */
const ENVIRONMENT = { FAKETTY: '1', HOME: '/root', TERM: 'xterm-256color' };

/** A pipe takes this at once; what is longer is read while it is written. */
const TAKEN_AT_ONCE_BYTES = 65_536;

/** A redis-cli with its standard input open. It is started with the first line, and again after `quit`. */
export class ClientScreen implements Screen {
  readonly #machine: Machine;
  readonly #options: readonly string[];
  readonly #printed = new PrintedText();
  #pid: Pid | undefined;
  /** How its process has ended: a machine says so before it says that the process reads no more. */
  #end: ExitStatus | undefined;
  #typed: Promise<void> | undefined;
  /** Known without asking the machine, which in a page is another thread: nothing was typed since it was ready. */
  #isReady = true;

  constructor(machine: Machine, options: readonly string[]) {
    this.#machine = machine;
    this.#options = options;
  }

  async type(line: string): Promise<void> {
    this.#pid ??= await this.#start();
    this.#isReady = false;
    const bytes = new TextEncoder().encode(`${line}\n`);
    this.#typed = this.#machine.writeStdin(this.#pid, bytes);
    if (bytes.length > TAKEN_AT_ONCE_BYTES) await this.#typed;
    // Else `ready` waits for both answers of the machine: one trip to the other thread.
    this.#typed.catch(toldByReady);
  }

  async ready(limitMs: number): Promise<boolean> {
    if (this.#isReady || this.#pid === undefined) return true;
    const [isReady] = await Promise.all([this.#machine.waitForInput(this.#pid, limitMs), this.#typed]);
    if (!isReady) return false;
    if (this.#end) this.#forget(this.#end);
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

  async #start(): Promise<Pid> {
    const pid = await this.#machine.spawn({
      argv: ['redis-cli', ...this.#options],
      env: ENVIRONMENT,
      stdin: 'open',
      onOutput: (bytes, stream) => this.#printed.append(bytes, stream),
    });
    this.#machine.exited(pid).then((status) => (this.#end = status), toldByReady);
    return pid;
  }

  #forget(status: ExitStatus): void {
    this.#pid = undefined;
    this.#end = undefined;
    if (status.kind === 'trap') throw new ScreenError(`redis-cli has crashed: ${status.message}`);
  }
}

/** Of a machine that has ended, or was put back: so is the question whether it is ready. */
function toldByReady(): void {}
