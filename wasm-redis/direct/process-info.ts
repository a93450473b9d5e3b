import type { Kernel } from '../kernel/kernel.ts';
import type { Process } from '../kernel/process.ts';
import type { ProcessInfo } from '../machine.ts';
import type { Handles } from './handles.ts';

/** A process as it is told outside. */
export function processInfo(process: Process, { network }: Kernel, handles: Handles): ProcessInfo {
  const { pid, argv, host, state, memory, descriptors } = process;
  const terminal = handles.terminalAmong(descriptors);
  return {
    pid,
    argv,
    host,
    state,
    memoryBytes: memory.bytes.length,
    listening: network.portsOf(descriptors),
    ...(terminal === undefined ? {} : { terminal }),
  };
}
