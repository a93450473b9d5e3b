import type { Machine, OutputListener, Pid, ProgramName, TerminalId, TerminalSize } from '../../wasm-redis/machine.ts';
import { describeEnd } from './program-end.ts';

/** How long a program that has got the terminal may take to read what was typed ahead, of the machine's time. */
const READS_WITHIN_MS = 60_000;

/** A process that was given the terminal. */
export interface TerminalProgram {
  pid: Pid;
  /** Its `argv[0]`. */
  name: string;
}

/** The terminal of a machine on which a session runs: of those that it has opened, the one that is there at this time. */
export class SessionTerminal {
  readonly machine: Machine;
  /** Undefined in a time in which it is not open. */
  id: TerminalId | undefined;
  /** All that were opened here: another may be there when the machine is put back. */
  readonly #opened: TerminalId[] = [];
  /** Programs that were given a terminal of these, also those that have ended. */
  readonly #programs: TerminalProgram[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
  }

  async open(size: TerminalSize, onOutput: OutputListener): Promise<void> {
    this.id = await this.machine.openTerminal(size, onOutput);
    this.#opened.push(this.id);
  }

  type(keys: string): void {
    if (keys !== '' && this.id !== undefined) {
      tolerateEnd(this.machine.type(this.id, new TextEncoder().encode(keys)));
    }
  }

  /** Takes back the keys that no program has read. */
  async takeTyped(): Promise<string> {
    return this.id === undefined ? '' : new TextDecoder().decode(await this.machine.takeTyped(this.id));
  }

  resize(size: TerminalSize): void {
    if (this.id !== undefined) tolerateEnd(this.machine.resizeTerminal(this.id, size));
  }

  /** Starts a program of Redis that has the terminal. Throws as `Machine.spawn` does. */
  async start(argv: readonly [ProgramName, ...string[]]): Promise<TerminalProgram> {
    const program = { pid: await this.machine.spawn({ argv, terminal: this.id! }), name: argv[0] };
    this.gaveTo(program);
    return program;
  }

  /** Resolves when the program has ended, with what is to be printed after it: a remark, if it ended in an unusual way. */
  async ended({ pid, name }: TerminalProgram): Promise<string> {
    return describeEnd(name, await this.machine.exited(pid));
  }

  /** A program has been given the terminal by somebody else. */
  gaveTo(program: TerminalProgram): void {
    this.#programs.push(program);
  }

  /** Resolves with whether a process waits for input before long. On a paused machine that is now, or it is not known. */
  async isReadBy(pid: Pid): Promise<boolean> {
    const { rate } = await this.machine.clock();
    const waits = await this.machine.waitForInput(pid, rate === 0 ? 0 : READS_WITHIN_MS);
    return waits && (await this.machine.processes()).some((process) => process.pid === pid);
  }

  /** The machine was put back, and these are open. Returns whether the session's is another than before. */
  rewound(open: readonly TerminalId[]): boolean {
    const before = this.id;
    this.id = this.#opened.findLast((known) => open.includes(known));
    return this.id !== before;
  }

  /** The program that has the terminal at this time, of those that were given one. */
  async runningProgram(): Promise<TerminalProgram | undefined> {
    const processes = await this.machine.processes();
    return this.#programs.findLast((program) =>
      processes.some(
        ({ pid, argv, terminal }) => terminal === this.id && pid === program.pid && argv[0] === program.name,
      ),
    );
  }

  /** Hangs up. Those of another time as well, or they would be there again after a rewind. */
  close(): void {
    for (const terminal of this.#opened) tolerateEnd(this.machine.closeTerminal(terminal));
  }
}

/** For calls whose only way to fail is that the machine has ended, which `Session.run` reports. */
export function tolerateEnd(call: Promise<void>): void {
  call.catch(() => undefined);
}
