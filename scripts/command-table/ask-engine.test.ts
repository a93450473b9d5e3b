import { expect, test } from 'vitest';
import table from '../../src/expressive-code/command-table.json' with { type: 'json' };
import { askEngineForCommandTable } from './ask-engine.ts';

test('the table in the repository is what the engine says; if not: node scripts/write-command-table.ts', async () => {
  expect(await askEngineForCommandTable()).toEqual(table);
});
