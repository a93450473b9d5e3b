import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { RedisClient } from '../../wasm-redis/lab/node-client.ts';
import type { Assertion } from './assertion.ts';
import { addressOf } from './check.ts';
import { wantedOf } from './look.ts';

/** The commands of `reply:` statements that the server itself calls writing. A check may change nothing. */
export async function writingCommands(lab: Lab, assertions: readonly Assertion[]): Promise<string[]> {
  const commands = assertions.flatMap(({ condition }) =>
    condition.is === 'reply' ? [{ address: addressOf(condition, lab), command: condition.command }] : [],
  );
  const writing: string[] = [];
  for (const { address, command } of commands) {
    const client = await RedisClient.connect(lab.machine, address);
    try {
      const info = wantedOf(await client.call('COMMAND', 'INFO', command[0] ?? ''));
      // Name, arity, flags, ...; of a container such as CONFIG the flags are those of all its subcommands.
      if (/"write"/.test(JSON.stringify(Array.isArray(info) ? info.map(flagsOf) : info)))
        writing.push(command.join(' '));
    } finally {
      await client.close();
    }
  }
  return writing;
}

function flagsOf(entry: unknown): unknown {
  return Array.isArray(entry) ? (entry as readonly unknown[])[2] : entry;
}
