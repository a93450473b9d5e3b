import { PROGRAMS, type Machine, type ProgramName, type TerminalId } from '../../wasm-redis/machine.ts';
import { parseShellLine, ShellSyntaxError, type ShellStage } from '../transcript/shell-line.ts';
import { ShellScreen } from '../transcript/shell.ts';
import { runProgram, type RunningLine } from './run-program.ts';

/**
 * Runs a line typed at the prompt. A single program of Redis gets the terminal itself, so that it may read keys; with
 * pipes, redirection or another program the line goes to the lessons' shell, whose output comes at its end.
 */
export async function runLine(machine: Machine, terminal: TerminalId, line: string): Promise<RunningLine> {
  const argv = terminalProgram(line);
  if (argv) return runProgram(machine, terminal, argv);
  const shell = new ShellScreen(machine);
  const run = async (): Promise<string> => {
    await shell.type(line);
    await shell.ready(Infinity);
    return shell.takeLines().join('\n');
  };
  return { readsKeys: false, interrupt: () => shell.interrupt(), ended: run() };
}

/** The words of a line that is one program of Redis and nothing else. */
function terminalProgram(line: string): readonly [ProgramName, ...string[]] | undefined {
  const stages = parseOrLeave(line);
  const [stage] = stages;
  if (!stage || stages.length > 1 || stage.inputFile !== undefined || stage.output || stage.background)
    return undefined;
  const [name, ...args] = stage.words;
  const program = PROGRAMS.find((known) => known === name);
  return program && [program, ...args];
}

/** A line that cannot be parsed has no stages here; the shell then says what is wrong with it. */
function parseOrLeave(line: string): ShellStage[] {
  try {
    return parseShellLine(line, 0);
  } catch (error) {
    if (error instanceof ShellSyntaxError) return [];
    throw error;
  }
}
