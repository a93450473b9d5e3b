import { expect, test } from 'vitest';
import { engineCommands } from '../../src/command-reference/engine-commands.ts';
import table from '../../src/expressive-code/command-table.json' with { type: 'json' };
import { makeCommandTable } from './make.ts';

test('the table in the repository is what the engine says; if not: node scripts/write-command-table.ts', async () => {
  expect(makeCommandTable(await engineCommands())).toEqual(table);
});
