import { type Machine, MachineError, type ProgramName, type TerminalSize } from '../../wasm-redis/machine.ts';
import type { ShellHost } from '../shell/context.ts';
import { type Rewind, Rewinds } from './rewinds.ts';
import { SessionKeys } from './session-keys.ts';
import type { SessionLines } from './session-lines.ts';
import { SessionTerminal, type TerminalProgram, tolerateEnd } from './session-terminal.ts';
import type { TerminalShell } from './terminal-shell.ts';

const NEWLINE = 10;

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
  readonly #rewinds = new Rewinds();
  #terminal: SessionTerminal | undefined;
  #shell: TerminalShell | undefined;
  /** Keys are for a program that has the terminal from the beginning; otherwise the shell knows for whom they are. */
  #keysToMachine = false;
  /** Programs that get what was typed ahead just now: what is typed meanwhile comes after it. */
  #handOvers = 0;
  /** Whether a prompt can be written where the cursor stands. */
  #atLineStart = true;
  #prompted = Promise.withResolvers<void>();

  constructor(screen: SessionScreen, { first, answers = async () => ({}) }: SessionOptions = {}) {
    this.#screen = screen;
    this.#first = first;
    this.#answers = answers;
    this.#keys = new SessionKeys({
      processReads: () => this.#keysToMachine || (this.#handOvers === 0 && (this.#shell?.givesKeysAway ?? false)),
      toProcess: (keys) => this.#terminal?.type(keys),
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
    const terminal = (this.#terminal = new SessionTerminal(machine));
    this.#forgetTurn();
    this.#shell = undefined;
    this.#prompted = Promise.withResolvers<void>();
    const subscribed = machine.subscribe((event) => {
      if (event.type === 'restored' && this.#terminal === terminal) this.#noteRewind(event);
    });
    // Not awaited: a busy machine answers it late, and opens terminals at once. That it has ended the turn will say.
    tolerateEnd(subscribed);
    let turn: Promise<string | undefined> = this.#begin(terminal);
    for (;;) {
      const next = await Promise.race([turn, this.#rewinds.next]);
      // A turn that was under way at a rewind is left to itself: it belongs to a time that is no more.
      turn = typeof next === 'object' ? this.#resume(terminal, next) : this.#turn(terminal, next);
    }
  }

  /** Takes keys from the keyboard, a paste, or a button. */
  press(keys: string): void {
    this.#keys.press(keys);
  }

  resize(size: TerminalSize): void {
    this.#terminal?.resize(size);
  }

  /** Hangs up: what runs here ends. */
  close(): void {
    if (this.#shell) tolerateEnd(this.#shell.close());
    this.#terminal?.close();
    this.#terminal = undefined;
  }

  /** Opens a terminal and begins in it. Resolves with the next line, as every turn does. */
  async #begin(terminal: SessionTerminal): Promise<string | undefined> {
    await terminal.open(this.#screen.size, (bytes) => {
      this.#prompted.resolve();
      return this.#show(bytes);
    });
    return this.#turn(terminal, undefined);
  }

  /** Runs a line, or without one what the session begins with. Resolves with the next; undefined to begin again. */
  async #turn(terminal: SessionTerminal, line: string | undefined): Promise<string | undefined> {
    if (line !== undefined) return this.#runInShell(line);
    if (this.#first && terminal.id !== undefined) {
      this.#keysToMachine = true;
      this.#keys.press(this.#keys.takeAhead());
      return this.#nextAfter(terminal, await terminal.start(this.#first));
    }
    await this.#openShell();
    return this.#nextLine();
  }

  async #nextAfter(terminal: SessionTerminal, program: TerminalProgram): Promise<string | undefined> {
    this.#keysToMachine = true;
    const remark = await this.#rewinds.until(terminal.ended(program));
    this.#keysToMachine = false;
    if (remark !== '') await this.#screen.write(`${remark.replaceAll('\n', '\r\n')}\r\n`);
    return this.#nextLine();
  }

  async #runInShell(line: string): Promise<string | undefined> {
    const shell = await this.#openShell();
    const { exited } = await this.#rewinds.until(shell.run(line));
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
    // Keys that a program was given and has not read are typed ahead for the next.
    if (this.#terminal) this.#keys.giveBack(await this.#terminal.takeTyped());
    const reading = this.#rewinds.until(this.#keys.readCommand(() => shell?.prompt ?? '$ '));
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

  /** The shell comes when there is a line for it; most terminals stay with redis-cli. */
  async #openShell(): Promise<TerminalShell> {
    if (this.#shell) return this.#shell;
    const [{ TerminalShell }, { history }, answers] = await Promise.all([
      import('./terminal-shell.ts'),
      this.#keys.lines(),
      this.#answers(),
    ]);
    const terminal = this.#terminal;
    if (terminal?.id === undefined) throw new MachineError('EDISPOSED', 'There is no machine.');
    this.#shell = new TerminalShell(
      terminal.machine,
      terminal.id,
      history,
      {
        write: (output) => this.#show(output),
        screen: this.#screen,
        readLine: (signal) => this.#readInput(signal),
        gaveTerminal: (pid, name) => {
          this.#handOvers++;
          void this.#handOver({ pid, name }).finally(() => this.#handOvers--);
        },
      },
      answers,
    );
    return this.#shell;
  }

  async #openLines(): Promise<SessionLines> {
    const { SessionLines } = await import('./terminal-shell.ts');
    return new SessionLines(this.#screen, async (before) => (await this.#openShell()).complete(before));
  }

  /** A line for a program of the shell; undefined at Ctrl-D. */
  async #readInput(signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (!this.#atLineStart) await this.#screen.write('\r\n');
    const line = await this.#keys.readInput(signal);
    this.#atLineStart = true;
    return line === undefined ? undefined : new TextEncoder().encode(`${line}\n`);
  }

  /** What was typed ahead is for a process that reads it, and otherwise for the next prompt. */
  async #handOver(program: TerminalProgram): Promise<void> {
    const terminal = this.#terminal;
    terminal?.gaveTo(program);
    if (await terminal?.isReadBy(program.pid)) terminal?.type(this.#keys.takeAhead());
  }

  /**
   * The machine was put back: goes on with the program that runs in this terminal at that time, or prompts. A terminal that
   * was opened later is not there; another takes its place. Resolves with the next line.
   */
  async #resume(terminal: SessionTerminal, { terminals }: Rewind): Promise<string | undefined> {
    // A shell belongs to its terminal.
    if (terminal.rewound(terminals)) this.#shell = undefined;
    if (terminal.id === undefined) {
      this.#screen.reset();
      this.#atLineStart = true;
      return this.#begin(terminal);
    }
    const program = await terminal.runningProgram();
    return program ? this.#nextAfter(terminal, program) : this.#nextLine();
  }

  #noteRewind(event: Rewind): void {
    this.#forgetTurn();
    this.#shell?.rewound();
    this.#rewinds.note(event);
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

  #control(key: 'interrupt' | 'suspend'): void {
    this.#atLineStart = false;
    void this.#screen.write(key === 'interrupt' ? '^C' : '^Z');
    if (this.#shell) tolerateEnd(this.#shell[key]());
  }
}
