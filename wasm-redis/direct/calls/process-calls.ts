import { takenBack } from '../../kernel/connection.ts';
import {
  type ExitStatus,
  type Machine,
  MachineError,
  type Pid,
  type ProcessInfo,
  type SpawnOptions,
} from '../../machine.ts';
import type { MachineParts } from '../machine-parts.ts';
import { processInfo } from '../process-info.ts';
import { standardFiles } from '../standard-files.ts';

const DEFAULT_ENVIRONMENT = { HOME: '/root', TERM: 'xterm-256color' };

/** Starting processes, signals, their ends and their standard input. */
export function processCalls(parts: MachineParts) {
  const { kernel, driver, programs, handles, events } = parts;
  return {
    async spawn(options) {
      await programs.load(options.argv[0]);
      parts.assertAlive();
      return startProcess(parts, options);
    },

    async kill(pid, signal) {
      kernel.processAt(pid)?.signal(signal);
      await driver.settle();
    },

    async exited(pid): Promise<ExitStatus> {
      const { statuses } = handles;
      const status = statuses.get(pid);
      if (status) return status;
      if (!kernel.processAt(pid)) throw new MachineError('ESRCH', `There is no process ${pid}.`);
      return events.next((event) => {
        if (event.type === 'exited' && event.pid === pid) return event.status;
        if (event.type !== 'restored' || kernel.processAt(pid)) return undefined;
        if (!statuses.has(pid)) throw takenBack();
        return statuses.get(pid);
      });
    },

    async processes(): Promise<ProcessInfo[]> {
      return kernel.processes.map((process) => processInfo(process, kernel, handles));
    },

    async writeStdin(pid, bytes) {
      await handles.writeInput(pid, bytes);
    },

    async closeStdin(pid) {
      handles.input(pid).release();
      handles.inputs.delete(pid);
    },

    async waitForInput(pid, limitMs): Promise<boolean> {
      return driver.until(() => kernel.processAt(pid)?.waitsForInput ?? true, limitMs * 1000);
    },
  } satisfies Partial<Machine>;
}

/**
 * Makes the process that spawn options describe. Throws `MachineError` ENOENT for an unknown program, ENOMODULE if its module
 * has not been loaded, EBADF if its terminal is not open.
 */
export function startProcess({ kernel, programs, handles }: MachineParts, options: SpawnOptions): Pid {
  const terminal = options.terminal === undefined ? undefined : handles.terminal(options.terminal);
  const module = programs.module(options.argv[0]);
  const { files, input } = standardFiles(kernel, options, terminal);
  const process = kernel.spawn({
    module,
    argv: options.argv,
    ...(options.host !== undefined ? { host: options.host } : {}),
    environment: { ...DEFAULT_ENVIRONMENT, ...options.env },
    workingDirectory: options.cwd ?? '/data',
    files,
  });
  if (input) handles.inputs.set(process.pid, input);
  return process.pid;
}
