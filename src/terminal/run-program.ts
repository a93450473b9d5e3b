import type { ExitStatus, Machine, Pid, ProgramName, TerminalId } from '../../wasm-redis/machine.ts';

/** A line that runs: what ends it early, and when it has ended. */
export interface RunningLine {
  /** True if keys go to the program; otherwise only Ctrl-C means something, and `interrupt` does it. */
  readsKeys: boolean;
  /** The process that has the terminal, if one has. */
  program?: TerminalProgram;
  interrupt(): Promise<void>;
  /** Resolves with what is to be printed after it: lines, or a remark on how the program ended. */
  ended: Promise<string>;
}

/** A process that was given a terminal. */
export interface TerminalProgram {
  pid: Pid;
  /** Its `argv[0]`. */
  name: string;
}

/** Gives the terminal to a program of Redis, so that it may read keys. */
export async function runProgram(
  machine: Machine,
  terminal: TerminalId,
  argv: readonly [ProgramName, ...string[]],
): Promise<RunningLine> {
  const pid = await machine.spawn({ argv, terminal });
  return followProgram(machine, { pid, name: argv[0] });
}

/** A program that has the terminal already. */
export function followProgram(machine: Machine, program: TerminalProgram): RunningLine {
  const { pid, name } = program;
  return {
    readsKeys: true,
    program,
    interrupt: () => machine.kill(pid, 'SIGINT'),
    ended: machine.exited(pid).then((status) => describeEnd(name, status)),
  };
}

/** What a shell says when a program has ended in an unusual way. */
export function describeEnd(program: string, status: ExitStatus): string {
  if (status.kind === 'exit') return '';
  if (status.kind === 'trap') return `${program} has crashed: ${status.message}`;
  return status.signal === 'SIGINT' ? '' : `${program} was ended by ${status.signal}`;
}
