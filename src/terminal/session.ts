import {
  PROGRAMS,
  type Machine,
  MachineError,
  type MachineEvent,
  type Pid,
  type ProgramName,
  type TerminalId,
  type TerminalSize,
} from '../../wasm-redis/machine.ts';
import { SHELL_PROGRAM_NAMES } from '../transcript/shell-program-names.ts';
import { CommandLine } from './command-line.ts';
import { followProgram, runProgram, type RunningLine } from './run-program.ts';

const CTRL_C = '\x03';
/** A paste is typed in pieces, so that what a program prints for each comes back in between. */
const MOST_KEYS_AT_ONCE = 2048;

type Rewind = Extract<MachineEvent, { type: 'restored' }>;

/** What a session needs of a screen. */
export interface SessionScreen {
  readonly size: TerminalSize;
  /** Resolves when the output has been taken in. */
  write(output: Uint8Array | string): Promise<void>;
  /** As new: empty, with the cursor at the beginning. */
  reset(): void;
}

/** What runs on one screen: its first program, redis-cli, and when that has ended a prompt for further programs. */
export class Session {
  readonly #screen: SessionScreen;
  /** What runs first, and again at an empty line. */
  readonly #first: readonly [ProgramName, ...string[]];
  readonly #commandLine: CommandLine;
  readonly #encoder = new TextEncoder();
  #machine: Machine | undefined;
  #terminal: TerminalId | undefined;
  /** All that were opened here: another may be there when the machine is put back. */
  #terminals: TerminalId[] = [];
  /** Programs that were given a terminal of these, also those that have ended. */
  #programs: { pid: Pid; name: string }[] = [];
  #running: RunningLine | undefined;
  #prompted = Promise.withResolvers<void>();
  #rewound = Promise.withResolvers<Rewind>();
  /** The last piece of input on its way; the next follows it. */
  #typing: Promise<void> = Promise.resolve();

  constructor(screen: SessionScreen, first: readonly [ProgramName, ...string[]] = ['redis-cli']) {
    this.#screen = screen;
    this.#first = first;
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
    this.#terminals = [];
    this.#programs = [];
    this.#running = undefined;
    this.#commandLine.abandon();
    this.#prompted = Promise.withResolvers<void>();
    await machine.subscribe((event) => {
      if (event.type === 'restored' && this.#machine === machine) this.#noteRewind(event);
    });
    let turn = this.#begin(machine);
    for (;;) {
      const next = await Promise.race([turn, this.#rewound.promise]);
      // A turn that was under way at a rewind is left to itself: it belongs to a time that is no more.
      turn = typeof next === 'string' ? this.#turn(machine, next) : this.#resume(machine, next);
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
    // Those of another time as well, or they would be there again after a rewind.
    for (const terminal of this.#terminals) if (this.#machine) tolerateEnd(this.#machine.closeTerminal(terminal));
    this.#machine = undefined;
  }

  /** Opens a terminal and runs the first program in it. Resolves with the next line. */
  async #begin(machine: Machine): Promise<string> {
    const terminal = await machine.openTerminal(this.#screen.size, (bytes) => {
      this.#prompted.resolve();
      return this.#screen.write(bytes);
    });
    this.#terminals.push(terminal);
    this.#terminal = terminal;
    return this.#turn(machine, '');
  }

  /** Runs a line, an empty one is the first program again, and resolves with the next. */
  async #turn(machine: Machine, line: string): Promise<string> {
    const terminal = this.#terminal!;
    if (line === '') return this.#nextAfter(await runProgram(machine, terminal, this.#first));
    // The shell comes when the first line for it does; most terminals stay with redis-cli.
    return this.#nextAfter(await (await import('./run-line.ts')).runLine(machine, terminal, line));
  }

  async #nextAfter(running: RunningLine): Promise<string> {
    const { program } = running;
    if (program) this.#programs.push(program);
    this.#running = running;
    const rewound = this.#rewound;
    let remark = '';
    try {
      remark = await running.ended;
    } catch (error) {
      // The event that tells of the rewind ends this turn, if it has not yet.
      if (!(error instanceof MachineError && error.code === 'ERESTORED')) throw error;
      await new Promise<never>(() => undefined);
    }
    if (rewound !== this.#rewound) return new Promise<never>(() => undefined);
    this.#running = undefined;
    if (remark !== '') await this.#screen.write(`${remark.replaceAll('\n', '\r\n')}\r\n`);
    return (await this.#commandLine.read()).trim();
  }

  /**
   * The machine was put back: goes on with the program that runs in this terminal at that time, or prompts. A terminal that
   * was opened later is not there; another takes its place. Resolves with the next line.
   */
  async #resume(machine: Machine, { terminals }: Rewind): Promise<string> {
    const terminal = this.#terminals.findLast((known) => terminals.includes(known));
    this.#terminal = terminal;
    if (terminal === undefined) {
      this.#screen.reset();
      return this.#begin(machine);
    }
    const there = (await machine.processes()).filter((process) => process.terminal === terminal);
    const program = this.#programs.findLast(({ pid, name }) =>
      there.some((process) => process.pid === pid && process.argv[0] === name),
    );
    if (program) return this.#nextAfter(followProgram(machine, program));
    return (await this.#commandLine.read()).trim();
  }

  #noteRewind(event: Rewind): void {
    this.#running = undefined;
    this.#commandLine.abandon();
    const { resolve } = this.#rewound;
    this.#rewound = Promise.withResolvers<Rewind>();
    resolve(event);
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
