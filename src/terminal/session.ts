import { PROGRAMS, type Machine, type TerminalId, type TerminalSize } from '../../wasm-redis/machine.ts';
import { SHELL_PROGRAM_NAMES } from '../transcript/shell-program-names.ts';
import { CommandLine } from './command-line.ts';
import { runProgram, type RunningLine } from './run-program.ts';
import type { Screen } from './screen.ts';

const CTRL_C = '\x03';
/** A paste is typed in pieces, so that what a program prints for each comes back in between. */
const MOST_KEYS_AT_ONCE = 2048;

/** What runs on one screen: redis-cli, and when that has ended a prompt for further programs. */
export class Session {
  readonly #screen: Screen;
  readonly #commandLine: CommandLine;
  readonly #encoder = new TextEncoder();
  #machine: Machine | undefined;
  #terminal: TerminalId | undefined;
  #running: RunningLine | undefined;
  #prompted = Promise.withResolvers<void>();
  /** The last piece of input on its way; the next follows it. */
  #typing: Promise<void> = Promise.resolve();

  constructor(screen: Screen) {
    this.#screen = screen;
    this.#commandLine = new CommandLine(
      {
        write: (output) => void screen.write(output),
        get columns() {
          return screen.size.columns;
        },
      },
      '$ ',
      [...PROGRAMS, ...SHELL_PROGRAM_NAMES],
    );
  }

  /** Resolves when the program has printed something, so it reads: what is typed before may be lost. */
  get prompted(): Promise<void> {
    return this.#prompted.promise;
  }

  /** Runs on a machine until the machine is gone: rejects then with its reason. */
  async run(machine: Machine): Promise<void> {
    this.#machine = machine;
    this.#terminal = undefined;
    this.#running = undefined;
    this.#commandLine.abandon();
    this.#prompted = Promise.withResolvers<void>();
    const terminal = await machine.openTerminal(this.#screen.size, (bytes) => {
      this.#prompted.resolve();
      return this.#screen.write(bytes);
    });
    this.#terminal = terminal;
    let line = 'redis-cli';
    for (;;) {
      // The shell comes when the first line for it does; most terminals stay with redis-cli.
      this.#running =
        line === 'redis-cli'
          ? await runProgram(machine, terminal, ['redis-cli'])
          : await (await import('./run-line.ts')).runLine(machine, terminal, line);
      const remark = await this.#running.ended;
      this.#running = undefined;
      if (remark !== '') await this.#screen.write(`${remark.replaceAll('\n', '\r\n')}\r\n`);
      line = (await this.#commandLine.read()).trim() || 'redis-cli';
    }
  }

  /** Takes keys from the keyboard, a paste, or a button. */
  press(keys: string): void {
    for (let at = 0; at < keys.length; at += MOST_KEYS_AT_ONCE) {
      const piece = keys.slice(at, at + MOST_KEYS_AT_ONCE);
      this.#typing = this.#typing.then(() => this.#type(piece));
    }
  }

  resize(size: TerminalSize): void {
    if (this.#machine && this.#terminal !== undefined) tolerateEnd(this.#machine.resizeTerminal(this.#terminal, size));
  }

  /** Hangs up: what runs here ends. */
  close(): void {
    if (this.#machine && this.#terminal !== undefined) tolerateEnd(this.#machine.closeTerminal(this.#terminal));
  }

  async #type(keys: string): Promise<void> {
    const rest = this.#commandLine.reading ? this.#commandLine.press(keys) : keys;
    if (rest === '' || !this.#machine || this.#terminal === undefined) return;
    if (this.#running && !this.#running.readsKeys) {
      if (rest.includes(CTRL_C)) tolerateEnd(this.#running.interrupt());
      return;
    }
    tolerateEnd(this.#machine.type(this.#terminal, this.#encoder.encode(rest)));
  }
}

/** For calls whose only way to fail is that the machine has ended, which `run` reports. */
function tolerateEnd(call: Promise<void>): void {
  call.catch(() => undefined);
}
