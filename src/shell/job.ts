import type { Machine, Pid, Signal } from '../../wasm-redis/machine.ts';
import type { Task } from './task.ts';

/** A line, or what runs in the background: everything that Ctrl-C ends together. */
export class Job {
  readonly text: string;
  /** In the table of jobs; 0 for a line in the foreground. */
  number = 0;
  pid: Pid | undefined;
  state: 'running' | 'stopped' | 'done' = 'running';
  /** What it ended with; known when it is done. */
  status = 0;
  readonly tasks = new Set<Task>();
  readonly processes = new Set<Pid>();
  readonly #machine: Machine;
  readonly #ended = Promise.withResolvers<number>();
  #stopped = Promise.withResolvers<'stopped'>();

  constructor(machine: Machine, text: string) {
    this.#machine = machine;
    this.text = text;
  }

  /** Resolves with its exit status. */
  get ended(): Promise<number> {
    return this.#ended.promise;
  }

  /** Resolves when it has ended, or is stopped. */
  get endedOrStopped(): Promise<number | 'stopped'> {
    return Promise.race([this.#ended.promise, this.#stopped.promise]);
  }

  /** Resolves when it is stopped. */
  get stopped(): Promise<'stopped'> {
    return this.#stopped.promise;
  }

  end(status: number): void {
    this.state = 'done';
    this.status = status;
    this.#ended.resolve(status);
  }

  async signal(signal: Signal): Promise<void> {
    if (this.state === 'done') return;
    for (const task of [...this.tasks]) task.signal(signal);
    // A process that is stopped hears of its end when it goes on.
    const wake = signal !== 'SIGSTOP' && signal !== 'SIGKILL' && this.state === 'stopped';
    await Promise.all([...this.processes].map((pid) => this.#machine.kill(pid, signal)));
    if (wake) await Promise.all([...this.processes].map((pid) => this.#machine.kill(pid, 'SIGCONT')));
    if (signal === 'SIGSTOP') {
      this.state = 'stopped';
      this.#stopped.resolve('stopped');
    } else if (this.state === 'stopped') {
      this.state = 'running';
      this.#stopped = Promise.withResolvers();
    }
  }
}

/** The jobs of one shell. */
export class JobTable {
  readonly #jobs = new Map<number, Job>();

  add(job: Job): void {
    job.number = Math.max(0, ...this.#jobs.keys()) + 1;
    this.#jobs.set(job.number, job);
  }

  remove(job: Job): void {
    this.#jobs.delete(job.number);
  }

  get all(): Job[] {
    return [...this.#jobs.values()];
  }

  /** The one that `fg` means without a number: the last that was started or stopped. */
  get current(): Job | undefined {
    return this.all.findLast(({ state }) => state === 'stopped') ?? this.all.at(-1);
  }

  /** By `%1`, `%+`, `%%`, `%-`, `%redis` (how it begins), or its number. */
  find(name: string): Job | undefined {
    const plain = name.replace(/^%/, '');
    if (plain === '' || plain === '%' || plain === '+') return this.current;
    if (plain === '-') return this.all.at(-2) ?? this.current;
    if (/^\d+$/.test(plain)) return this.#jobs.get(Number(plain));
    return this.all.find(({ text }) => text.startsWith(plain));
  }

  /** A line of `jobs`. */
  describe(job: Job): string {
    const mark = job === this.current ? '+' : job === this.all.at(-2) ? '-' : ' ';
    const background = job.state === 'running' ? ' &' : '';
    return `[${job.number}]${mark}  ${describeState(job).padEnd(24)}${job.text}${background}`;
  }
}

const ENDS: Readonly<Record<number, string>> = {
  129: 'Hangup',
  130: 'Interrupt',
  134: 'Aborted',
  137: 'Killed',
  138: 'User defined signal 1',
  139: 'Segmentation fault',
  143: 'Terminated',
};

function describeState({ state, status }: Job): string {
  if (state !== 'done') return state === 'running' ? 'Running' : 'Stopped';
  return describeEnd(status) ?? (status === 0 ? 'Done' : `Exit ${status}`);
}

/** What a shell says of a status that a signal has left; undefined for others. */
export function describeEnd(status: number): string | undefined {
  return ENDS[status];
}
