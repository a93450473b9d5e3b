import type { DirectMachine } from '../direct/direct-machine.ts';
import type { Pid, SpawnOptions, TerminalId } from '../machine.ts';
import { startMachine, startServer, utf8 } from './rig.ts';
import { Screen } from './screen.ts';

export const PROMPT = '127.0.0.1:6379> ';

/** A person before a terminal on which a program runs. */
export interface Session {
  pid: Pid;
  terminal: TerminalId;
  screen: Screen;
  type: (keys: string) => Promise<void>;
}

/** Starts a program, redis-cli unless it is said, on a terminal of so many columns and 24 rows. */
export async function open(
  machine: DirectMachine,
  argv: SpawnOptions['argv'] = ['redis-cli'],
  columns = 80,
): Promise<Session> {
  const screen = new Screen(columns);
  const terminal = await machine.openTerminal({ columns, rows: 24 }, (bytes) => screen.write(bytes));
  const pid = await machine.spawn({ argv, terminal });
  await machine.settle();
  const type = async (keys: string): Promise<void> => {
    await machine.type(terminal, utf8(keys));
    await machine.settle();
  };
  return { pid, terminal, screen, type };
}

/** The same for redis-cli, on a machine with a server that has these options. */
export async function start(...options: string[]): Promise<Session & { machine: DirectMachine }> {
  const machine = startMachine();
  await startServer(machine, '--save', '', ...options);
  return { machine, ...(await open(machine)) };
}
