import { type ChildProcess, spawn } from 'node:child_process';
import { type ProcessIds } from '../kernel/process-ids.ts';

/**
 * The process ids of this computer. The one program of the machine has that of this process; a child that it forks runs
 * inside, and has that of a real process that does nothing: who lists our children finds it, and who kills it kills the
 * child. It ends with this process, at the end of its input.
 */
export class ChildStandIns implements ProcessIds {
  readonly #standIns = new Map<number, ChildProcess>();
  readonly #onKilled: (pid: number, signal: NodeJS.Signals) => void;

  /** @param onKilled told when somebody outside has ended a child */
  constructor(onKilled: (pid: number, signal: NodeJS.Signals) => void) {
    this.#onKilled = onKilled;
  }

  ofProcess(): number {
    return process.pid;
  }

  ofChild(): number {
    const standIn = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
    const { pid } = standIn;
    if (pid === undefined) {
      standIn.on('error', (error) => console.error(`redis-server: a child without a process: ${error.message}`));
      return process.pid + 1;
    }
    this.#standIns.set(pid, standIn);
    standIn.unref();
    standIn.on('exit', (_code, signal) => {
      if (this.#standIns.delete(pid) && signal) this.#onKilled(pid, signal);
    });
    return pid;
  }

  release(child: number): void {
    const standIn = this.#standIns.get(child);
    this.#standIns.delete(child);
    standIn?.kill('SIGKILL');
  }

  /** Real processes cannot be put back. */
  remember(): () => void {
    return () => {
      throw new Error('A machine with real process ids cannot be put back to an earlier state.');
    };
  }
}
