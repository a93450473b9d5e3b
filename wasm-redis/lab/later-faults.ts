import type { Fault, Pid } from '../machine.ts';
import { faultLine, FaultLineError } from './fault-line.ts';
import type { LabFault } from './fault-schedule.ts';
import type { Lab } from './lab.ts';

/** A node as the machine's list of processes shows it. */
export interface NodeProcess {
  name: string;
  pid: Pid | undefined;
}

const SIGNAL_FAULTS: Readonly<Record<string, 'kill' | 'stop' | 'continue'>> = {
  SIGKILL: 'kill',
  SIGSTOP: 'stop',
  SIGCONT: 'continue',
};

/**
 * A fault of the machine by the names of nodes. Undefined for a signal to a process that is none of them: a node that has been
 * started anew has another, and a signal to the former one does nothing.
 */
export function asLabFault(fault: Fault, nodes: readonly NodeProcess[]): LabFault | undefined {
  if (fault.type === 'cancel') return undefined;
  if (fault.type !== 'signal') return fault;
  const type = SIGNAL_FAULTS[fault.signal];
  const node = nodes.find(({ pid }) => pid === fault.pid)?.name;
  return type && node !== undefined ? { type, node } : undefined;
}

/**
 * Cancels what is still to come: everything, or `wanted` wherever it is. Rejects with a `FaultLineError` if `wanted` is not to
 * come.
 */
export async function cancelLater({ machine, nodes, topology }: Lab, wanted?: LabFault): Promise<void> {
  const line = (fault: LabFault): string => faultLine({ fault, afterMs: 0 }, topology);
  const { later } = await machine.faults();
  const lines = later.map(({ id, fault }) => {
    const known = asLabFault(fault, nodes);
    return { id, line: known && line(known) };
  });
  const cancelled = wanted ? lines.filter((one) => one.line === line(wanted)) : lines;
  if (wanted && cancelled.length === 0) {
    const others = [...new Set(lines.flatMap((one) => one.line ?? []))];
    throw new FaultLineError(
      'a fault that is still to come',
      line(wanted),
      others.length === 0 ? 'Nothing is scheduled.' : `Scheduled: ${others.map((one) => `\`${one}\``).join(', ')}.`,
    );
  }
  for (const { id } of cancelled) await machine.inject({ type: 'cancel', id });
}
