import type { Host } from '../kernel/host.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type {
  EventListener,
  Machine,
  MachineOptions,
  OutputListener,
  Pid,
  ProgramName,
  SpawnOptions,
  TerminalId,
  TerminalSize,
} from '../machine.ts';
import { disposed, MachineParts } from './machine-parts.ts';
import { captureCalls } from './calls/capture-calls.ts';
import { clockCalls } from './calls/clock-calls.ts';
import { faultCalls } from './calls/fault-calls.ts';
import { fileCalls } from './calls/file-calls.ts';
import { networkCalls } from './calls/network-calls.ts';
import { processCalls, startProcess } from './calls/process-calls.ts';
import { saveCalls } from './calls/save-calls.ts';
import { addTerminal, terminalCalls } from './calls/terminal-calls.ts';
import { createHost } from './host.ts';

/** The machine on the caller's own thread, with what only those can use who are on the same thread. */
export interface DirectMachine extends Machine {
  /** For the benchmark, the launcher, the file mirror, tests. */
  readonly kernel: Kernel;
  /** Whether the machine could be put back. */
  readonly hasSaves: boolean;
  /** Loads a program's module before it is wanted: `spawn` then starts it at once, and `spawnNow` can. Rejects as `spawn` does. */
  prepare(program: ProgramName): Promise<void>;
  /**
   * `spawn` for a caller that cannot await, as a thread inside a busy process: throws `MachineError` ENOMODULE if the
   * program's module has not been loaded.
   */
  spawnNow(options: SpawnOptions): Pid;
  /** `openTerminal` for a caller that cannot await. */
  openTerminalNow(size: TerminalSize, onOutput: OutputListener): TerminalId;
}

/** A machine on this thread. Modules are compiled when they are first needed. */
export function createDirectMachine(options: MachineOptions, host: Host = createHost()): DirectMachine {
  const parts = new MachineParts(options, host);
  return {
    ...untilDisposed(parts, {
      ...processCalls(parts),
      ...networkCalls(parts),
      ...terminalCalls(parts),
      ...fileCalls(parts),
      ...clockCalls(parts),
      ...saveCalls(parts),
      ...faultCalls(parts),
      ...captureCalls(parts),
      async subscribe(listener: EventListener) {
        parts.events.subscribe(listener);
      },
      async prepare(program: ProgramName) {
        await parts.programs.load(program);
      },
    }),
    async dispose() {
      parts.dispose();
    },

    kernel: parts.kernel,
    get hasSaves() {
      return parts.saves?.any ?? false;
    },
    spawnNow(spawnOptions) {
      parts.assertAlive();
      return startProcess(parts, spawnOptions);
    },
    openTerminalNow(size, onOutput) {
      parts.assertAlive();
      return addTerminal(parts, size, onOutput);
    },
  };
}

type Call = (...args: never[]) => Promise<unknown>;

/** The same calls, which reject with `MachineError` EDISPOSED once the machine was disposed of. */
function untilDisposed<Calls extends Record<string, Call>>(parts: MachineParts, calls: Calls): Calls {
  const guard = (call: Call): Call => {
    return (...args) => (parts.disposed ? Promise.reject(disposed()) : call(...args));
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guard(call)])) as Calls;
}
