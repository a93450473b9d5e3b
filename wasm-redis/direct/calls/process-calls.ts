import { takenBack } from '../../kernel/connection.ts';
import {
  type ExitStatus,
  type Machine,
  MachineError,
  type Pid,
  type ProcessInfo,
  type SpawnOptions,
} from '../../machine.ts';
import type { Alive, MachineParts } from '../machine-parts.ts';
import { processInfo } from '../process-info.ts';
import { standardFiles } from '../standard-files.ts';

const DEFAULT_ENVIRONMENT = { HOME: '/root', TERM: 'xterm-256color' };

/** Starting processes, signals, their ends and their standard input. */
export function processCalls(alive: Alive) {
  return {
    async spawn(options) {
      await alive().programs.load(options.argv[0]);
      return startProcess(alive(), options);
    },

    async kill(pid, signal) {
      const { kernel, driver } = alive();
      kernel.processAt(pid)?.signal(signal);
      await driver.settle();
    },

    async exited(pid): Promise<ExitStatus> {
      const { kernel, handles, events } = alive();
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
      const { kernel, handles } = alive();
      return kernel.processes.map((process) => processInfo(process, kernel, handles));
    },

    async writeStdin(pid, bytes) {
      await alive().handles.writeInput(pid, bytes);
    },

    async closeStdin(pid) {
      const { handles } = alive();
      handles.input(pid).release();
      handles.inputs.delete(pid);
    },

    async waitForInput(pid, limitMs): Promise<boolean> {
      const { kernel, driver } = alive();
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
