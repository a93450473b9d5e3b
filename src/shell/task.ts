import type { Machine, Pid, Signal } from '../../wasm-redis/machine.ts';
import type { Activity } from './activity.ts';

/** A thread of a shell that a signal has ended. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly signal: Signal | 'SIGPIPE';
  constructor(signal: Signal | 'SIGPIPE') {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
  SIGCONT: 18,
  SIGSTOP: 19,
};

/** The exit status that a shell gives to whom a signal has ended. */
export function signalStatus(signal: string): number {
  return 128 + (SIGNAL_NUMBERS[signal] ?? 0);
}

/** By name with or without SIG, or by number; undefined if the machine has no such signal. */
export function readSignal(text: string): Signal | undefined {
  const name = text.toUpperCase().replace(/^(SIG)?/, 'SIG');
  const found = Object.entries(SIGNAL_NUMBERS).find(([known, number]) => known === name || String(number) === text);
  const signal = found?.[0];
  return signal === undefined || ['SIGABRT', 'SIGSEGV', 'SIGPIPE'].includes(signal) ? undefined : (signal as Signal);
}

/** Process ids of what runs in the shells themselves: far from those of the machine's processes, which are counted from 100. */
const FIRST_PID = 20_001;

/** The programs of all shells of a machine that are no processes of it: `sleep`, `tail`, loops in the background. */
export class TaskTable {
  readonly tasks = new Map<Pid, Task>();
  #next = FIRST_PID;

  nextPid(): Pid {
    return this.#next++;
  }

  /** The one of a machine. */
  static of(machine: Machine): TaskTable {
    let table = TABLES.get(machine);
    if (!table) TABLES.set(machine, (table = new TaskTable()));
    return table;
  }
}

const TABLES = new WeakMap<Machine, TaskTable>();

/** Something that runs in a shell and can be signalled: it is ended, or stopped, where it waits. */
export class Task {
  readonly pid: Pid;
  readonly argv: readonly string[];
  readonly #activity: Activity;
  readonly #table: TaskTable;
  #ended: Ended | undefined;
  #stopped: PromiseWithResolvers<void> | undefined;
  readonly #interrupts = new Set<(reason: Ended) => void>();

  constructor(table: TaskTable, activity: Activity, argv: readonly string[]) {
    this.#table = table;
    this.#activity = activity;
    this.argv = argv;
    this.pid = table.nextPid();
    table.tasks.set(this.pid, this);
  }

  get state(): 'waiting' | 'stopped' {
    return this.#stopped ? 'stopped' : 'waiting';
  }

  signal(signal: Signal): void {
    if (signal === 'SIGSTOP') this.#stopped ??= Promise.withResolvers<void>();
    else if (signal === 'SIGCONT') this.#continue();
    else {
      this.#ended ??= new Ended(signal);
      this.#continue();
      for (const interrupt of [...this.#interrupts]) interrupt(this.#ended);
    }
  }

  /** Throws if a signal has ended it. To be called where it could be in an endless loop. */
  async check(): Promise<void> {
    await this.#activity.step();
    while (this.#stopped) await this.#activity.wait(this.#stopped.promise);
    if (this.#ended) throw this.#ended;
  }

  /** Waits. Rejects with `Ended` when it is signalled meanwhile. */
  async wait<Result>(promise: Promise<Result>): Promise<Result> {
    await this.check();
    const ended = Promise.withResolvers<never>();
    // Nobody is left to hear of it when the other promise comes first.
    ended.promise.catch(() => undefined);
    this.#interrupts.add(ended.reject);
    try {
      const result = await this.#activity.wait(Promise.race([promise, ended.promise]));
      await this.check();
      return result;
    } finally {
      this.#interrupts.delete(ended.reject);
    }
  }

  /** Waits for what ends by itself when it is signalled: a process. */
  async waitToTheEnd<Result>(promise: Promise<Result>): Promise<Result> {
    return this.#activity.wait(promise);
  }

  close(): void {
    this.#table.tasks.delete(this.pid);
  }

  #continue(): void {
    this.#stopped?.resolve();
    this.#stopped = undefined;
  }
}
