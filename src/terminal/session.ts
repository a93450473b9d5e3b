import {
  type Machine,
  MachineError,
  type MachineEvent,
  type Pid,
  type ProgramName,
  type TerminalId,
  type TerminalSize,
} from '../../wasm-redis/machine.ts';
import type { ShellHost } from '../shell/context.ts';
import { followProgram, runProgram, type RunningProgram } from './run-program.ts';
import { SessionKeys } from './session-keys.ts';
import type { SessionLines } from './session-lines.ts';
import type { TerminalShell } from './terminal-shell.ts';

const NEWLINE = 10;
/** How long a program that has got the terminal may take to read what was typed ahead, of the machine's time. */
const READS_WITHIN_MS = 60_000;

type Rewind = Extract<MachineEvent, { type: 'restored' }>;

/** What a session needs of a screen. */
export interface SessionScreen {
  readonly size: TerminalSize;
  /** Resolves when the output has been taken in. */
  write(output: Uint8Array | string): Promise<void>;
  /** As new: empty, with the cursor at the beginning. */
  reset(): void;
}

/** What runs in a session. */
export interface SessionOptions {
  /** What runs first, and again at an empty line and when the shell is left; without it the session is a shell. */
  first?: readonly [ProgramName, ...string[]] | undefined;
  /** What the shell asks of the page: nodes by name, faults, an editor. */
  answers?: () => Promise<Partial<ShellHost>>;
}

/** What runs on one screen: a first program, if there is one, and when that has ended a shell. */
export class Session {
  readonly #screen: SessionScreen;
  readonly #first: SessionOptions['first'];
  readonly #answers: NonNullable<SessionOptions['answers']>;
  readonly #keys: SessionKeys;
  readonly #encoder = new TextEncoder();
  #machine: Machine | undefined;
  #terminal: TerminalId | undefined;
  /** All that were opened here: another may be there when the machine is put back. */
  #terminals: TerminalId[] = [];
  /** Programs that were given a terminal of these, also those that have ended. */
  #programs: { pid: Pid; name: string }[] = [];
  #shell: TerminalShell | undefined;
  /** Keys are for a program that has the terminal from the beginning; otherwise the shell knows for whom they are. */
  #keysToMachine = false;
  /** Programs that get what was typed ahead just now: what is typed meanwhile comes after it. */
  #handOvers = 0;
  /** Whether a prompt can be written where the cursor stands. */
  #atLineStart = true;
  #prompted = Promise.withResolvers<void>();
  #rewound = Promise.withResolvers<Rewind>();

  constructor(screen: SessionScreen, { first, answers = async () => ({}) }: SessionOptions = {}) {
    this.#screen = screen;
    this.#first = first;
    this.#answers = answers;
    this.#keys = new SessionKeys({
      processReads: () => this.#keysToMachine || (this.#handOvers === 0 && (this.#shell?.givesKeysAway ?? false)),
      toProcess: (keys) => this.#typeOnTerminal(keys),
      openLines: () => this.#openLines(),
      lineDropped: () => this.#shell?.forgetBegun(),
      controlPressed: (key) => this.#control(key),
    });
  }

  /** Resolves when something can be typed: what is typed before may be lost. */
  get prompted(): Promise<void> {
    return this.#prompted.promise;
  }

  /** Runs on a machine until the machine is gone: rejects then with its reason. */
  async run(machine: Machine): Promise<void> {
    this.#machine = machine;
    this.#terminals = [];
    this.#programs = [];
    this.#forgetTurn();
    this.#shell = undefined;
    this.#prompted = Promise.withResolvers<void>();
    const subscribed = machine.subscribe((event) => {
      if (event.type === 'restored' && this.#machine === machine) this.#noteRewind(event);
    });
    // Not awaited: a busy machine answers it late, and opens terminals at once. That it has ended the turn will say.
    tolerateEnd(subscribed);
    let turn: Promise<string | undefined> = this.#begin(machine);
    for (;;) {
      const next = await Promise.race([turn, this.#rewound.promise]);
      // A turn that was under way at a rewind is left to itself: it belongs to a time that is no more.
      turn = typeof next === 'object' ? this.#resume(machine, next) : this.#turn(machine, next);
    }
  }

  /** Takes keys from the keyboard, a paste, or a button. */
  press(keys: string): void {
    this.#keys.press(keys);
  }

  resize(size: TerminalSize): void {
    if (this.#machine && this.#terminal !== undefined) tolerateEnd(this.#machine.resizeTerminal(this.#terminal, size));
  }

  /** Hangs up: what runs here ends. */
  close(): void {
    if (this.#shell) tolerateEnd(this.#shell.close());
    // Those of another time as well, or they would be there again after a rewind.
    for (const terminal of this.#terminals) if (this.#machine) tolerateEnd(this.#machine.closeTerminal(terminal));
    this.#machine = undefined;
  }

  /** Opens a terminal and begins in it. Resolves with the next line, as every turn does. */
  async #begin(machine: Machine): Promise<string | undefined> {
    const terminal = await machine.openTerminal(this.#screen.size, (bytes) => {
      this.#prompted.resolve();
      return this.#show(bytes);
    });
    this.#terminals.push(terminal);
    this.#terminal = terminal;
    return this.#turn(machine, undefined);
  }

  /** Runs a line, or without one what the session begins with. Resolves with the next; undefined to begin again. */
  async #turn(machine: Machine, line: string | undefined): Promise<string | undefined> {
    if (line !== undefined) return this.#runInShell(line);
    if (this.#first && this.#terminal !== undefined) {
      this.#keysToMachine = true;
      this.#keys.press(this.#keys.takeAhead());
      return this.#nextAfter(await runProgram(machine, this.#terminal, this.#first));
    }
    await this.#openShell();
    return this.#nextLine();
  }

  async #nextAfter(running: RunningProgram): Promise<string | undefined> {
    this.#programs.push(running.program);
    this.#keysToMachine = true;
    const remark = await this.#unlessRewound(running.ended);
    this.#keysToMachine = false;
    if (remark !== '') await this.#screen.write(`${remark.replaceAll('\n', '\r\n')}\r\n`);
    return this.#nextLine();
  }

  async #runInShell(line: string): Promise<string | undefined> {
    const shell = await this.#openShell();
    const { exited } = await this.#unlessRewound(shell.run(line));
    if (!exited) return this.#nextLine();
    await shell.close();
    this.#shell = undefined;
    return undefined;
  }

  /** Prompts. Resolves with the line that is typed; undefined if the shell is left. */
  async #nextLine(): Promise<string | undefined> {
    const shell = this.#shell;
    if (!this.#atLineStart) await this.#screen.write('\r\n');
    if (shell) await this.#show(shell.notices);
    this.#atLineStart = true;
    await this.#takeBack();
    const reading = this.#unlessRewound(this.#keys.readCommand(() => shell?.prompt ?? '$ '));
    this.#prompted.resolve();
    const line = await reading;
    if (line === undefined) {
      if (!this.#first) await this.#screen.write('exit\r\n');
      if (shell) tolerateEnd(shell.close());
      this.#shell = undefined;
    }
    // Who has come from redis-cli goes back to it by Enter.
    return line?.trim() === '' && this.#first && !shell?.incomplete ? undefined : line;
  }

  /** Keys that a program was given and has not read are typed ahead for the next. */
  async #takeBack(): Promise<void> {
    if (!this.#machine || this.#terminal === undefined) return;
    const typed = await this.#machine.takeTyped(this.#terminal);
    this.#keys.giveBack(new TextDecoder().decode(typed));
  }

  /** What a turn waits for. In another time it never comes: the event that tells of the rewind ends the turn. */
  async #unlessRewound<Result>(promise: Promise<Result>): Promise<Result> {
    const rewound = this.#rewound;
    try {
      const result = await promise;
      if (rewound === this.#rewound) return result;
    } catch (error) {
      if (!(error instanceof MachineError && error.code === 'ERESTORED')) throw error;
    }
    return new Promise<never>(() => undefined);
  }

  /** The shell comes when there is a line for it; most terminals stay with redis-cli. */
  async #openShell(): Promise<TerminalShell> {
    if (this.#shell) return this.#shell;
    const [{ TerminalShell }, { history }, answers] = await Promise.all([
      import('./terminal-shell.ts'),
      this.#keys.lines(),
      this.#answers(),
    ]);
    const screen = this.#screen;
    if (!this.#machine || this.#terminal === undefined) throw new MachineError('EDISPOSED', 'There is no machine.');
    this.#shell = new TerminalShell(
      this.#machine,
      this.#terminal,
      history,
      {
        write: (output) => this.#show(output),
        get columns() {
          return screen.size.columns;
        },
        readLine: (signal) => this.#readInput(signal),
        gaveTerminal: (pid, name) => {
          this.#programs.push({ pid, name });
          this.#handOvers++;
          void this.#handOver(pid).finally(() => this.#handOvers--);
        },
      },
      answers,
    );
    return this.#shell;
  }

  async #openLines(): Promise<SessionLines> {
    const { SessionLines } = await import('./terminal-shell.ts');
    const screen = this.#screen;
    const lineScreen = {
      write: (output: string) => void screen.write(output),
      get columns() {
        return screen.size.columns;
      },
    };
    return new SessionLines(lineScreen, async (before) => (await this.#openShell()).complete(before));
  }

  /** A line for a program of the shell; undefined at Ctrl-D. */
  async #readInput(signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (!this.#atLineStart) await this.#screen.write('\r\n');
    const line = await this.#keys.readInput(signal);
    this.#atLineStart = true;
    return line === undefined ? undefined : this.#encoder.encode(`${line}\n`);
  }

  /** What was typed ahead is for a process that reads it, and otherwise for the next prompt. */
  async #handOver(pid: Pid): Promise<void> {
    const machine = this.#machine;
    if (!machine) return;
    const { rate } = await machine.clock();
    const waits = await machine.waitForInput(pid, rate === 0 ? 0 : READS_WITHIN_MS);
    const there = (await machine.processes()).some((process) => process.pid === pid);
    if (waits && there) this.#typeOnTerminal(this.#keys.takeAhead());
  }

  /**
   * The machine was put back: goes on with the program that runs in this terminal at that time, or prompts. A terminal that
   * was opened later is not there; another takes its place. Resolves with the next line.
   */
  async #resume(machine: Machine, { terminals }: Rewind): Promise<string | undefined> {
    const terminal = this.#terminals.findLast((known) => terminals.includes(known));
    // A shell belongs to its terminal.
    if (terminal !== this.#terminal) this.#shell = undefined;
    this.#terminal = terminal;
    if (terminal === undefined) {
      this.#screen.reset();
      this.#atLineStart = true;
      return this.#begin(machine);
    }
    const there = (await machine.processes()).filter((process) => process.terminal === terminal);
    const program = this.#programs.findLast(({ pid, name }) =>
      there.some((process) => process.pid === pid && process.argv[0] === name),
    );
    if (program) return this.#nextAfter(followProgram(machine, program));
    return this.#nextLine();
  }

  #noteRewind(event: Rewind): void {
    this.#forgetTurn();
    this.#shell?.rewound();
    const { resolve } = this.#rewound;
    this.#rewound = Promise.withResolvers<Rewind>();
    resolve(event);
  }

  #forgetTurn(): void {
    this.#keysToMachine = false;
    this.#keys.abandon();
  }

  #show(output: Uint8Array): Promise<void> {
    if (output.length === 0) return Promise.resolve();
    this.#atLineStart = output.at(-1) === NEWLINE;
    return this.#screen.write(output);
  }

  #typeOnTerminal(keys: string): void {
    if (keys === '' || !this.#machine || this.#terminal === undefined) return;
    tolerateEnd(this.#machine.type(this.#terminal, this.#encoder.encode(keys)));
  }

  #control(key: 'interrupt' | 'suspend'): void {
    this.#atLineStart = false;
    void this.#screen.write(key === 'interrupt' ? '^C' : '^Z');
    if (this.#shell) tolerateEnd(this.#shell[key]());
  }
}

/** For calls whose only way to fail is that the machine has ended, which `run` reports. */
function tolerateEnd(call: Promise<void>): void {
  call.catch(() => undefined);
}
