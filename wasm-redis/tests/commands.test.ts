import { expect, test } from 'vitest';
import { type RedisClient } from '../resp/client.ts';
import { type Plain } from '../resp/plain.ts';
import { CONNECTION } from './commands/connection.ts';
import { GEO_AND_HYPERLOGLOG } from './commands/geo-hyperloglog.ts';
import { HASHES } from './commands/hashes.ts';
import { KEYS } from './commands/keys.ts';
import { LISTS } from './commands/lists.ts';
import { SCRIPTS } from './commands/scripts.ts';
import { SERVER } from './commands/server.ts';
import { SETS } from './commands/sets.ts';
import { SORTED_SETS } from './commands/sorted-sets.ts';
import { STREAMS } from './commands/streams.ts';
import { STRINGS } from './commands/strings.ts';
import { type CommandTable, words } from './commands/table.ts';
import { startRedis } from './rig.ts';

const TABLES = {
  connection: CONNECTION,
  'geo and hyperloglog': GEO_AND_HYPERLOGLOG,
  hashes: HASHES,
  keys: KEYS,
  lists: LISTS,
  scripts: SCRIPTS,
  server: SERVER,
  sets: SETS,
  'sorted sets': SORTED_SETS,
  streams: STREAMS,
  strings: STRINGS,
};

/** These are no question with an answer; each has a test of its own. */
const TESTED_ELSEWHERE = ['monitor', 'psync', 'shutdown', 'sync'];

const OPTIONS = ['--save', '', '--enable-debug-command', 'yes', '--enable-module-command', 'yes'];

test.each(Object.entries(TABLES))(
  '%s: every command answers as native Redis does',
  async (_name, table: CommandTable) => {
    const { client } = await startRedis(...OPTIONS);
    const found: [string, Plain][] = [];
    for (const [command] of table) found.push([command, await client.call(...words(command))]);
    expect(found).toEqual(table);
  },
);

test('the tables leave out no command and no subcommand that the server has', async () => {
  const { client } = await startRedis();
  const called = new Set(
    Object.values(TABLES)
      .flat()
      .map(([command]) => words(command.toLowerCase()))
      .flatMap(([name, subcommand]) => [name!, `${name}|${subcommand}`]),
  );
  const missing = (await commandNames(client)).filter((name) => !called.has(name));
  expect(missing).toEqual(TESTED_ELSEWHERE);
});

/** Names of commands, and `container|subcommand`, sorted. */
async function commandNames(client: RedisClient): Promise<string[]> {
  const commands = (await client.call('COMMAND')) as Plain[][];
  return commands
    .flatMap((command) => [command[0] as string, ...(command[9] as Plain[][]).map(([name]) => name as string)])
    .sort();
}
