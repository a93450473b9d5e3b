import { Terminal } from '@xterm/xterm';
import { expect } from 'vitest';
import type { DirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { startMachine, startServer } from '../../wasm-redis/tests/rig.ts';
import { Session, type SessionOptions } from './session.ts';
// Loaded when it is first needed; here before anything is waited for.
import './terminal-shell.ts';

const SIZE = { columns: 80, rows: 24 };

/** A session on the real screen, without a document; `type` waits until the machine has nothing more to do. */
export class SessionBench {
  readonly machine: DirectMachine;
  readonly session: Session;
  readonly #screen = new Terminal({ cols: SIZE.columns, rows: SIZE.rows, allowProposedApi: true });

  constructor(machine: DirectMachine, options: SessionOptions) {
    this.machine = machine;
    this.session = new Session(
      {
        size: SIZE,
        write: (output) => new Promise((resolve) => this.#screen.write(output, resolve)),
        reset: () => this.#screen.reset(),
      },
      options,
    );
    // Rejects when the test ends and the machine is gone.
    this.session.run(machine).catch(() => undefined);
  }

  /** A session that has prompted, of redis-cli unless it is said. */
  static async on(machine: DirectMachine, options: SessionOptions = { first: ['redis-cli'] }): Promise<SessionBench> {
    const bench = new SessionBench(machine, options);
    await bench.session.prompted;
    await bench.rest();
    return bench;
  }

  /** What is to be seen, without blanks at the ends of rows. */
  get text(): string {
    const { active } = this.#screen.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.join('\n').trimEnd();
  }

  /** Types lines, each when nothing more happens. */
  async type(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      this.session.press(`${line}\r`);
      await this.rest();
    }
  }

  /** Types lines as a person does: each when the prompt that follows the one before is there. */
  async enter(...lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const before = this.#rowCount;
      this.session.press(`${line}\r`);
      await this.#until(() => this.#rowCount > before && /[$>]$/.test(this.text));
    }
  }

  /** Waits until the screen shows exactly a text, or what matches. */
  async shows(what: string | RegExp): Promise<void> {
    await this.#until(() => (typeof what === 'string' ? this.text === what : what.test(this.text)));
    if (typeof what === 'string') expect(this.text).toBe(what);
    else expect(this.text).toMatch(what);
  }

  get #rowCount(): number {
    return this.text.split('\n').length;
  }

  /** Turns of the machine and of this thread until something has come true, or plainly will not. */
  async #until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 20_000 && !holds(); turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.machine.settle();
    }
  }

  /** Until everything that follows from what was done has happened. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.machine.settle();
    }
  }
}

/** A machine with a server on its usual port. */
export async function machineWithServer(): Promise<DirectMachine> {
  const machine = startMachine();
  await startServer(machine);
  return machine;
}
