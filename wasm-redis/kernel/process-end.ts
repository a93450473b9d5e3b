import { SIGNAL } from '../build/abi.ts';
import type { ExitStatus } from '../machine.ts';

/** Thrown through a process's stack to leave it for good. */
export class ProcessEnd extends Error {
  override readonly name = 'ProcessEnd';
  readonly status: ExitStatus;
  constructor(status: ExitStatus) {
    super('The process has ended.');
    this.status = status;
  }
}

/** Thrown through `main()` when it reaches its event loop; its frame in linear memory stays as it is. */
export const PARKED = new Error('The program has reached its event loop.');

/**
 * How a process ends whose code has thrown this: a WebAssembly trap (out of bounds, unreachable, stack overflow) is its end.
 * Anything else is our own bug, and is thrown again.
 */
export function trapStatus(thrown: unknown): ExitStatus {
  if (thrown instanceof WebAssembly.RuntimeError) return { kind: 'trap', message: thrown.message };
  if (thrown instanceof WebAssembly.Exception) return { kind: 'trap', message: 'longjmp() to a frame that is gone' };
  if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
    return { kind: 'trap', message: 'stack overflow' };
  }
  throw thrown;
}

/** The status word of waitpid(2). */
export function waitStatus(status: ExitStatus): number {
  if (status.kind === 'exit') return (status.code & 0xff) << 8;
  return status.kind === 'signal' ? signalNumber(status.signal) : SIGNAL.SIGSEGV;
}

export type SignalName = Extract<ExitStatus, { kind: 'signal' }>['signal'] | 'SIGQUIT';

export function signalNumber(name: SignalName): number {
  return SIGNAL[name];
}

export function signalName(number: number): SignalName | undefined {
  const names: readonly SignalName[] = [
    'SIGHUP',
    'SIGINT',
    'SIGQUIT',
    'SIGABRT',
    'SIGKILL',
    'SIGUSR1',
    'SIGSEGV',
    'SIGPIPE',
    'SIGTERM',
    'SIGCONT',
    'SIGSTOP',
  ];
  return names.find((name) => SIGNAL[name] === number);
}
