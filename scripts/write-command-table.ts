/** Writes src/expressive-code/command-table.json from what the engine's own COMMAND and COMMAND DOCS say. */
import { writeFileSync } from 'node:fs';
import { engineCommands } from '../src/command-reference/engine-commands.ts';
import { makeCommandTable } from './command-table/make.ts';

const table = makeCommandTable(await engineCommands());
const lines = Object.entries(table).map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
writeFileSync('src/expressive-code/command-table.json', `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} commands`);
