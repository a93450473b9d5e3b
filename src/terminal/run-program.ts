import type { ExitStatus, Machine, Pid, ProgramName, TerminalId } from '../../wasm-redis/machine.ts';

/** A program that runs, and when it has ended. */
export interface RunningProgram {
  program: TerminalProgram;
  /** Resolves with what is to be printed after it: a remark on how it ended, if that was unusual. */
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
): Promise<RunningProgram> {
  const pid = await machine.spawn({ argv, terminal });
  return followProgram(machine, { pid, name: argv[0] });
}

/** A program that has the terminal already. */
export function followProgram(machine: Machine, program: TerminalProgram): RunningProgram {
  const { pid, name } = program;
  return {
    program,
    ended: machine.exited(pid).then((status) => describeEnd(name, status)),
  };
}

/** What a shell says when a program has ended in an unusual way. */
export function describeEnd(program: string, status: ExitStatus): string {
  if (status.kind === 'exit') return '';
  if (status.kind === 'trap') return `${program} has crashed: ${status.message}`;
  return status.signal === 'SIGINT' ? '' : `${program} was ended by ${status.signal}`;
}
