import { MachineError, type Machine, type Pid, type TerminalId } from '../../wasm-redis/machine.ts';
import type { Activity } from './activity.ts';
import type { History } from './history.ts';
import type { Job, JobTable } from './job.ts';
import type { ShellState } from './state.ts';
import { BrokenPipe, type Sink, type Source } from './stream.ts';
import { Ended, type Task } from './task.ts';

/** What a shell needs of the place where it is used: a terminal of a page, or a transcript. */
export interface ShellHost {
  /** Shows output. What it returns is waited for: flow control. */
  write(bytes: Uint8Array, stream: 'stdout' | 'stderr'): void | Promise<void>;
  /** Width of the screen in characters. */
  readonly columns: number;
  /** The machine's terminal, which programs in the foreground get; without one there are no keys to read. */
  readonly terminal?: TerminalId;
  /** A line that is typed for a program of the shell, with its newline; undefined for Ctrl-D. Stops when aborted. */
  readLine?(signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** Opens an editor for a text. Resolves with what became of it; undefined if it is not to be saved. */
  edit?(name: string, text: string): Promise<string | undefined>;
  /** The nodes that `addressOf` knows. */
  readonly nodeNames?: readonly string[];
  /** The address of a node by its name. */
  addressOf?(name: string): Promise<string | undefined>;
  /** Does what a line of faults says (`cut shop copy`). Rejects with an error whose message says what is wrong with it. */
  fault?(line: string): Promise<string>;
  /** A process has got the terminal: keys go to it until it has ended. */
  gaveTerminal?(pid: Pid, program: string): void;
  /** A process has crashed: its code trapped. */
  crashed?(message: string): void;
}

/** What all parts of one shell share. */
export interface ShellCore {
  readonly machine: Machine;
  readonly host: ShellHost;
  readonly activity: Activity;
  readonly jobs: JobTable;
  readonly history: History;
  /** Reads a text and runs it in a context. Resolves with its status. */
  runText(text: string, context: Context): Promise<number>;
  /** A job has what Ctrl-C and Ctrl-Z are meant for, until it is left. */
  enterForeground(job: Job): void;
  leaveForeground(job: Job): void;
  /** Processes that have the terminal: keys go to them. */
  readonly foreground: Set<Pid>;
  /** `$$`. */
  readonly pid: Pid;
}

export interface Streams {
  readonly stdin: Source;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** What a command runs in. */
export interface Context extends Streams {
  readonly core: ShellCore;
  readonly state: ShellState;
  readonly task: Task;
  readonly job: Job;
  /** The text that the nodes which run were read from. */
  readonly source: string;
  /** Whether the input is that of a loop or group around the command. */
  readonly nested?: boolean;
  /** Told of the process id of what runs, for `$!`. */
  readonly onPid?: ((pid: Pid) => void) | undefined;
}

/** A command that the shell has itself: returns its exit status. */
export type Command = (args: readonly string[], context: Context) => number | Promise<number>;

const encoder = new TextEncoder();

/** Writes to standard output. Ends the task with SIGPIPE if nobody reads it any more. */
export async function print(context: Context, output: string | Uint8Array): Promise<void> {
  await write(context, context.stdout, typeof output === 'string' ? encoder.encode(output) : output);
}

/** Writes a line to standard error. */
export async function complain(context: Context, message: string): Promise<void> {
  await write(context, context.stderr, encoder.encode(`${message}\n`));
}

async function write(context: Context, sink: Sink, bytes: Uint8Array): Promise<void> {
  try {
    await context.task.wait(sink.write(bytes));
  } catch (error) {
    if (error instanceof BrokenPipe) throw new Ended('SIGPIPE');
    throw error;
  }
}

/** The next bytes of standard input; undefined at the end. */
export function read(context: Context): Promise<Uint8Array | undefined> {
  return context.task.wait(context.stdin.read());
}

/** What a system call would say of a `MachineError`. */
export function systemMessage(error: unknown): string {
  if (!(error instanceof MachineError)) throw error;
  return MESSAGES[error.code] ?? error.message;
}

const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EINVAL: 'Invalid argument',
  ENOSPC: 'No space left on device',
};
