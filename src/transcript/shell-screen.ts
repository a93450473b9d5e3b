import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { Machine } from '../../wasm-redis/machine.ts';
import { labAnswers } from '../shell/lab-answers.ts';
import type { ShellHost } from '../shell/context.ts';
import { passTime } from '../shell/pass-time.ts';
import { Shell } from '../shell/shell.ts';
import { PrintedText } from './printed-text.ts';
import { ScreenError, type Screen } from './screen.ts';

/** What a transcript's shell can ask of the page or the checker. */
export type ShellAnswers = Pick<ShellHost, 'addressOf' | 'fault'>;

/** The shell of a transcript: the one of the terminals, without keys, and without notices of jobs that have ended. */
export class ShellScreen implements Screen {
  readonly #shell: Shell;
  readonly #printed = new PrintedText();
  #running = false;
  #crash: string | undefined;
  #failure: { error: unknown } | undefined;

  constructor(machine: Machine, answers: ShellAnswers = {}) {
    this.#shell = new Shell(machine, {
      ...answers,
      columns: 80,
      write: (bytes, stream) => this.#printed.append(bytes, stream),
      crashed: (message) => (this.#crash = message),
    });
  }

  /** Whether something runs that was started with `&`: time must not pass without it. */
  get hasBackground(): boolean {
    return this.#running || this.#shell.hasBackground;
  }

  async type(line: string): Promise<void> {
    this.#running = true;
    this.#shell.activity.forgetSteps();
    this.#shell
      .run(line, 'quotes')
      .catch((error: unknown) => (this.#failure = { error }))
      .finally(() => (this.#running = false));
    await passTime(this.#shell, 0, () => !this.#running);
  }

  async ready(limitMs: number): Promise<boolean> {
    const ready = await this.pass(limitMs, () => !this.#running);
    if (this.#failure) throw this.#failure.error;
    if (this.#crash !== undefined) throw new ScreenError(this.#crash);
    return ready;
  }

  /** Lets time pass for the machine and for what runs here. See `passTime`. */
  pass(limitMs: number, done: () => boolean | Promise<boolean>): Promise<boolean> {
    return passTime(this.#shell, limitMs, done);
  }

  async interrupt(): Promise<void> {
    this.#shell.activity.forgetSteps();
    await this.#shell.interrupt();
  }

  takeLines(): string[] {
    return this.#printed.takeLines();
  }
}

/** The shell of a page's transcripts, which knows the nodes of its machine by name. */
export function openShell(lab: Lab): ShellScreen {
  return new ShellScreen(lab.machine, labAnswers(lab));
}
