import type { SessionLines } from './session-lines.ts';

const CTRL_C = '\x03';
const CTRL_Z = '\x1a';
/** A paste is typed in pieces, so that what a program prints for each comes back in between. */
const MOST_KEYS_AT_ONCE = 2048;

/** Who gets keys that no line here reads. */
export interface KeyReceivers {
  /** Whether a process has the terminal. */
  processReads(): boolean;
  toProcess(keys: string): void;
  /** Loads the lines that are typed here. */
  openLines(): Promise<SessionLines>;
  /** Ctrl-C at the prompt. */
  lineDropped(): void;
  /** Ctrl-C or Ctrl-Z while a program of the shell runs. */
  controlPressed(key: 'interrupt' | 'suspend'): void;
}

/** Where the keys of a session go: to its prompt, to the line that a program of the shell reads, to a process, or into a queue. */
export class SessionKeys {
  readonly #receivers: KeyReceivers;
  #lines: SessionLines | undefined;
  /** Counts how often everything was abandoned. */
  #age = 0;
  /** Typed, and read by nobody yet. */
  #ahead = '';
  /** The last piece on its way; the next follows it. */
  #typing: Promise<void> = Promise.resolve();

  constructor(receivers: KeyReceivers) {
    this.#receivers = receivers;
  }

  /** The lines of this session; loaded by the first call. */
  async lines(): Promise<SessionLines> {
    this.#lines ??= await this.#receivers.openLines();
    return this.#lines;
  }

  /** Takes keys from the keyboard, a paste, or a button. */
  press(keys: string): void {
    for (let at = 0; at < keys.length; at += MOST_KEYS_AT_ONCE) {
      const piece = keys.slice(at, at + MOST_KEYS_AT_ONCE);
      this.#typing = this.#typing.then(() => this.#type(piece));
    }
  }

  /** Reads a line of the shell, beginning with what was typed ahead. Resolves as `CommandLine.read` does. */
  async readCommand(prompt: () => string): Promise<string | undefined> {
    const age = this.#age;
    const { command } = await this.lines();
    if (age !== this.#age) return new Promise<never>(() => undefined);
    const reading = command.read(prompt);
    this.press(this.takeAhead());
    return reading;
  }

  /** Reads a line for a program of the shell. Never resolves when it is abandoned. */
  async readInput(abandoned: AbortSignal): Promise<string | undefined> {
    const { input } = await this.lines();
    if (abandoned.aborted) return new Promise<never>(() => undefined);
    const reading = input.read(() => '');
    abandoned.addEventListener('abort', () => input.abandon(), { once: true });
    this.press(this.takeAhead());
    return reading;
  }

  /** What was typed and is still in the queue; it is then no more. */
  takeAhead(): string {
    const ahead = this.#ahead;
    this.#ahead = '';
    return ahead;
  }

  /** Puts keys in front of the queue: they were given to somebody who has not read them. */
  giveBack(keys: string): void {
    this.#ahead = keys + this.#ahead;
  }

  /** Nobody reads any more, and what was typed ahead is forgotten. */
  abandon(): void {
    this.#ahead = '';
    this.#age++;
    this.#lines?.command.abandon();
    this.#lines?.input.abandon();
  }

  #type(keys: string): void {
    const { command, input } = this.#lines ?? {};
    if (command?.reading) {
      if (keys.includes(CTRL_C)) this.#receivers.lineDropped();
      this.#ahead += command.press(keys);
      return;
    }
    if (this.#receivers.processReads()) {
      this.#receivers.toProcess(keys);
      return;
    }
    const control = Math.max(keys.lastIndexOf(CTRL_C), keys.lastIndexOf(CTRL_Z));
    if (control >= 0) {
      input?.abandon();
      this.#ahead = keys.slice(control + 1);
      this.#receivers.controlPressed(keys[control] === CTRL_C ? 'interrupt' : 'suspend');
    } else this.#ahead += input?.reading ? input.press(keys) : keys;
  }
}
