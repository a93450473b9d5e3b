import { spawn } from 'node:child_process';
import { type ProgramName } from '../machine.ts';
import { PROGRAM_LAUNCHER } from './launcher-command.ts';

const VARIABLE = 'REDIS_LAUNCHER_DETACHED';

/** Whether this process is the one in the background. The program does not see the mark. */
const isDetached = process.env[VARIABLE] === 'yes';
delete process.env[VARIABLE];

/**
 * fork() of a server that goes into the background (`daemonize yes`): its parent only exits. A WebAssembly process cannot
 * be carried to another one, so the same program starts once more, detached from the terminal, and is told that it is
 * the child when it comes to the same place.
 *
 * Ends this process with an error if that cannot be, because Redis does not look.
 *
 * @returns the child's process id; in the child 0
 */
export function detach(program: ProgramName, args: readonly string[]): number {
  if (isDetached) return 0;
  if (args.includes('-')) return refuse('its configuration comes from standard input, which is read only once');
  const child = spawn(process.execPath, [...PROGRAM_LAUNCHER, program, ...args], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, [VARIABLE]: 'yes' },
  });
  child.unref();
  return child.pid ?? refuse('no process can be started');
}

function refuse(reason: string): never {
  console.error(`The server cannot go into the background: ${reason}. Set daemonize to no, or end the command with &.`);
  process.exit(1);
}
