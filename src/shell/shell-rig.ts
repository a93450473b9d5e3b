import { onTestFinished } from 'vitest';
import type { DirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { startMachine } from '../../wasm-redis/tests/rig.ts';
import type { ShellHost } from './context.ts';
import { passTime } from './pass-time.ts';
import { Shell } from './shell.ts';

/** A shell on a bench: a machine whose clock stands until a line needs it to move, and all that was printed. */
export class ShellRig {
  readonly machine: DirectMachine;
  readonly shell: Shell;
  readonly #printed: Uint8Array[] = [];
  #running = false;

  constructor(host: Partial<ShellHost> = {}, machine = startMachine()) {
    this.machine = machine;
    this.shell = new Shell(machine, {
      columns: 80,
      write: (bytes) => void this.#printed.push(bytes),
      ...host,
    });
    onTestFinished(() => this.shell.close());
  }

  /** Types lines, each when the one before has ended. Resolves with what was printed, without newlines at its end. */
  async type(...lines: readonly string[]): Promise<string> {
    for (const line of lines) {
      if (!(await this.start(line, 60_000))) throw new Error(`never returns: ${line}`);
    }
    return this.takeText();
  }

  /** Types one line and lets so much time pass for it. Resolves with whether it has ended. */
  start(line: string, limitMs = 0): Promise<boolean> {
    this.#running = true;
    this.shell.activity.forgetSteps();
    void this.shell.run(line).finally(() => (this.#running = false));
    return this.pass(limitMs, () => !this.#running);
  }

  /** Lets time pass, and the shell have its say at each event. */
  pass(ms: number, done: () => boolean = () => false): Promise<boolean> {
    return passTime(this.shell, ms, done);
  }

  async interrupt(): Promise<boolean> {
    this.shell.activity.forgetSteps();
    await this.shell.interrupt();
    return this.pass(0, () => !this.#running);
  }

  takeText(): string {
    return new TextDecoder().decode(this.takeBytes()).replace(/\n+$/, '');
  }

  takeBytes(): Uint8Array {
    return Uint8Array.from(this.#printed.splice(0).flatMap((bytes) => [...bytes]));
  }
}

/** Types lines into a shell on a machine of its own. Resolves with what was printed. */
export function type(...lines: readonly string[]): Promise<string> {
  return new ShellRig().type(...lines);
}

/** A shell beside a server on port 6379. */
export async function rigWithServer(host: Partial<ShellHost> = {}): Promise<ShellRig> {
  const rig = new ShellRig(host);
  await rig.type('redis-server --save "" --logfile node.log --enable-debug-command yes &');
  return rig;
}
