import type { Machine, Pid, TerminalId } from '../../wasm-redis/machine.ts';
import { complete, type Completion } from '../shell/complete.ts';
import type { ShellHost } from '../shell/context.ts';
import type { History } from '../shell/history.ts';
import { type LineEnd, Shell } from '../shell/shell.ts';
import { HOME_FOLDER } from '../shell/state.ts';
import type { LineScreen } from './command-line.ts';

/** Loaded together: whoever needs one needs the other. */
export { SessionLines } from './session-lines.ts';

const NEWLINE = 10;
const RETURN = 13;

/** What the shell of a terminal needs of the session on it. */
export interface TerminalShellEvents {
  write(output: Uint8Array): Promise<void>;
  readonly screen: Pick<LineScreen, 'size'>;
  /** A line that is typed for a program of the shell. */
  readLine(signal: AbortSignal): Promise<Uint8Array | undefined>;
  gaveTerminal(pid: Pid, program: string): void;
}

/** The shell of one terminal; loaded when a line is typed for it. */
export class TerminalShell {
  readonly #shell: Shell;

  constructor(
    machine: Machine,
    terminal: TerminalId,
    history: History,
    events: TerminalShellEvents,
    answers: Partial<ShellHost>,
  ) {
    const host: ShellHost = {
      ...answers,
      terminal,
      get columns() {
        return events.screen.size.columns;
      },
      write: (bytes) => events.write(forScreen(bytes)),
      readLine: (signal) => events.readLine(signal),
      gaveTerminal: (pid, program) => events.gaveTerminal(pid, program),
      crashed: (message) => void events.write(forScreen(new TextEncoder().encode(`${message}\n`))),
    };
    this.#shell = new Shell(machine, host, history);
  }

  /** Whether the line that is typed next belongs to one before. */
  get incomplete(): boolean {
    return this.#shell.incomplete;
  }

  get givesKeysAway(): boolean {
    return this.#shell.givesKeysAway;
  }

  get prompt(): string {
    if (this.incomplete) return '> ';
    const { folder } = this.#shell.state;
    return folder === HOME_FOLDER ? '$ ' : `${folder} $ `;
  }

  /** Which jobs have ended since the last prompt, for the screen. */
  get notices(): Uint8Array {
    return forScreen(
      new TextEncoder().encode(
        this.#shell
          .takeNotices()
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  }

  run(line: string): Promise<LineEnd> {
    return this.#shell.run(line);
  }

  complete(before: string): Promise<Completion> {
    return complete(before, this.#shell);
  }

  forgetBegun(): void {
    this.#shell.forgetBegun();
  }

  interrupt(): Promise<void> {
    return this.#shell.interrupt();
  }

  suspend(): Promise<void> {
    return this.#shell.suspend();
  }

  rewound(): void {
    this.#shell.rewound();
  }

  close(): Promise<void> {
    return this.#shell.close();
  }
}

/** A newline on a screen does not return by itself. */
function forScreen(bytes: Uint8Array): Uint8Array {
  const count = bytes.reduce((sum, byte) => (byte === NEWLINE ? sum + 1 : sum), 0);
  if (count === 0) return bytes;
  const shown = new Uint8Array(bytes.length + count);
  let at = 0;
  for (const byte of bytes) {
    if (byte === NEWLINE) shown[at++] = RETURN;
    shown[at++] = byte;
  }
  return shown;
}
