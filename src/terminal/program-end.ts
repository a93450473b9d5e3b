import type { ExitStatus } from '../../wasm-redis/machine.ts';

/** What a shell says when a program has ended in an unusual way; empty after a usual end. */
export function describeEnd(program: string, status: ExitStatus): string {
  if (status.kind === 'exit') return '';
  if (status.kind === 'trap') return `${program} has crashed: ${status.message}`;
  return status.signal === 'SIGINT' ? '' : `${program} was ended by ${status.signal}`;
}
