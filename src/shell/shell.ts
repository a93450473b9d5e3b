import type { Machine, Pid } from '../../wasm-redis/machine.ts';
import { Activity } from './activity.ts';
import { complain, type Context, type ShellCore, type ShellHost } from './context.ts';
import { Exit } from './control.ts';
import { runList, statusOf } from './execute.ts';
import { History } from './history.ts';
import { Job, JobTable } from './job.ts';
import { ShellState } from './state.ts';
import { type Sink, type Source } from './stream.ts';
import { describeIncomplete, readSyntax } from './syntax.ts';
import { Task, TaskTable } from './task.ts';

/** How a line has ended. */
export interface LineEnd {
  status: number;
  /** `exit` was called, or Ctrl-D pressed: the shell is over. */
  exited: boolean;
}

/**
 * A shell on a machine: lines in the language of bash, whose programs are processes of the machine or of its own and run
 * side by side. It does nothing by itself; whoever has a screen hands it lines, one after the other.
 */
export class Shell {
  readonly machine: Machine;
  readonly host: ShellHost;
  readonly activity = new Activity();
  readonly history: History;
  readonly jobs = new JobTable();
  readonly state = new ShellState();
  readonly #core: ShellCore;
  readonly #keyboard: Keyboard;
  readonly #keepsHistory: boolean;
  /** What Ctrl-C is meant for, the innermost last. */
  readonly #foreground: Job[] = [];
  /** Lines of something that is not complete yet. */
  #begun = '';

  /** @param history kept by whoever shares it; without one the shell keeps its own */
  constructor(machine: Machine, host: ShellHost, history?: History) {
    this.history = history ?? new History();
    this.#keepsHistory = !history;
    this.machine = machine;
    this.host = host;
    this.#keyboard = new Keyboard(host);
    this.#core = {
      machine,
      host,
      activity: this.activity,
      jobs: this.jobs,
      history: this.history,
      foreground: new Set<Pid>(),
      pid: TaskTable.of(machine).nextPid(),
      runText: (text, context) => this.#runText(text, context),
      enterForeground: (job) => void this.#foreground.push(job),
      leaveForeground: (job) => leave(this.#foreground, job),
    };
  }

  /** Whether a line is awaited that goes on with what was begun: a loop without its end, a here-document. */
  get incomplete(): boolean {
    return this.#begun !== '';
  }

  /** Whether keys go to a process that has the terminal. */
  get givesKeysAway(): boolean {
    return this.#core.foreground.size > 0;
  }

  /** Whether something still runs that was started with `&`. */
  get hasBackground(): boolean {
    return this.jobs.all.some(({ state }) => state === 'running');
  }

  /** Forgets what was begun. */
  forgetBegun(): void {
    this.#begun = '';
  }

  /**
   * Runs a line to its end, unless it is incomplete. To be called again only when it has ended. Rejects only with what is
   * no matter of shells: the machine has gone.
   *
   * @param lastLine nothing follows, so that what has no end is an error; with `'quotes'` that holds of quotes only
   */
  async run(line: string, lastLine: boolean | 'quotes' = false): Promise<LineEnd> {
    const text = this.#begun === '' ? line : `${this.#begun}\n${line}`;
    const reading = readSyntax(text);
    const fails =
      lastLine === true || (lastLine === 'quotes' && reading.kind === 'incomplete' && reading.open !== undefined);
    if (reading.kind === 'incomplete' && !fails) {
      this.#begun = text;
      return { status: this.state.status, exited: false };
    }
    this.#begun = '';
    if (this.#keepsHistory) this.history.add(text);
    return this.activity.thread(() => this.#runLine(text));
  }

  /** Ctrl-C: ends what runs in the foreground. */
  async interrupt(): Promise<void> {
    this.#begun = '';
    for (const job of [...this.#foreground]) await job.signal('SIGINT');
  }

  /** Ctrl-Z: stops what runs in the foreground. */
  async suspend(): Promise<void> {
    await this.#foreground.at(-1)?.signal('SIGSTOP');
  }

  /** Says which jobs have ended since the last call, as a shell does before it asks for a line. */
  takeNotices(): string[] {
    const ended = this.jobs.all.filter(({ state }) => state === 'done');
    const notices = ended.map((job) => this.jobs.describe(job));
    for (const job of ended) this.jobs.remove(job);
    return notices;
  }

  /** The machine was put back: what runs here belongs to a time that is no more. Variables and the folder stay. */
  rewound(): void {
    this.#begun = '';
    for (const job of [...this.#foreground.splice(0), ...this.jobs.all]) {
      for (const task of [...job.tasks]) task.signal('SIGKILL');
      this.jobs.remove(job);
    }
    this.#core.foreground.clear();
    this.#keyboard.close();
  }

  /** The shell is over: what was started with `&` hears SIGHUP. */
  async close(): Promise<void> {
    await this.interrupt();
    for (const job of this.jobs.all) await job.signal('SIGHUP');
  }

  async #runLine(text: string): Promise<LineEnd> {
    const job = new Job(this.machine, text);
    const task = new Task(TaskTable.of(this.machine), this.activity, ['bash']);
    job.tasks.add(task);
    this.#foreground.push(job);
    const context: Context = {
      core: this.#core,
      state: this.state,
      task,
      job,
      source: text,
      stdin: this.#keyboard,
      stdout: screenSink(this.host, 'stdout'),
      stderr: screenSink(this.host, 'stderr'),
    };
    const running = this.activity
      .thread(() => this.#runToEnd(text, context))
      .finally(() => {
        job.tasks.delete(task);
        task.close();
      });
    const ended = await this.activity.wait(Promise.race([running, job.stopped]));
    leave(this.#foreground, job);
    this.#keyboard.close();
    if (ended !== 'stopped') return ended;
    this.#keepStopped(job, running);
    await complain(
      { ...context, task: new Task(TaskTable.of(this.machine), this.activity, ['bash']) },
      `\n${this.jobs.describe(job)}`,
    );
    return { status: 148, exited: false };
  }

  /** What was stopped by Ctrl-Z becomes a job. */
  #keepStopped(job: Job, running: Promise<LineEnd>): void {
    this.jobs.add(job);
    job.pid = [...job.processes][0] ?? [...job.tasks].at(-1)?.pid;
    running.then(
      ({ status }) => job.end(status),
      () => job.end(1),
    );
  }

  async #runToEnd(text: string, context: Context): Promise<LineEnd> {
    try {
      await this.#runText(text, context);
      return { status: this.state.status, exited: false };
    } catch (error) {
      const exited = error instanceof Exit && error.scope === 'shell';
      this.state.status = await statusOf(error, context);
      return { status: this.state.status, exited };
    }
  }

  async #runText(text: string, context: Context): Promise<number> {
    const reading = readSyntax(text);
    if (reading.kind === 'script') return runList(reading.script, { ...context, source: text });
    const message = reading.kind === 'error' ? reading.message : describeIncomplete(reading.open);
    await complain(context, `bash: ${message}`);
    context.state.status = 2;
    return 2;
  }
}

/** After a rewind it is there no more. */
function leave(foreground: Job[], job: Job): void {
  const at = foreground.indexOf(job);
  if (at >= 0) foreground.splice(at, 1);
}

function screenSink(host: ShellHost, stream: 'stdout' | 'stderr'): Sink {
  return {
    terminal: true,
    write: async (bytes) => host.write(bytes, stream),
    close: () => undefined,
  };
}

/** What somebody types for a program that reads standard input. */
class Keyboard implements Source {
  readonly terminal = true;
  readonly #host: ShellHost;
  #reading: AbortController | undefined;
  #unread: Uint8Array | undefined;

  constructor(host: ShellHost) {
    this.#host = host;
  }

  async read(): Promise<Uint8Array | undefined> {
    const before = this.#unread;
    this.#unread = undefined;
    if (before || !this.#host.readLine) return before;
    this.#reading = new AbortController();
    return this.#host.readLine(this.#reading.signal);
  }

  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#unread = bytes;
  }

  close(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#unread = undefined;
  }
}
