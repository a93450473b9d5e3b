import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** What a command printed and how it ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** The environment lacks something. The message says what was expected, what was found and what to do. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Runs a command to its end, whatever its exit code. Rejects with `SetupError` if there is no such command. */
export function outcomeOf(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (cause) =>
      reject(new SetupError(`cannot run ${command} (${cause.message}). Is it installed and on the PATH?`, { cause })),
    );
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), stdout, stderr }));
  });
}

/**
 * Runs a command and resolves with what it printed on standard output.
 * Rejects with `SetupError`, with the tail of its messages, if its exit code is not 0.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await outcomeOf(command, args, options);
  if (code === 0) return stdout;
  const tail = (stderr.trim() || stdout.trim()).split('\n').slice(-20).join('\n');
  throw new SetupError(`${command} ended with exit code ${code}:\n${tail}`);
}

/** Does `work` for all items, as many at a time as there are cores. The first failure stops what has not begun. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await work(item);
      } catch (cause) {
        queue.length = 0;
        throw cause;
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
}
