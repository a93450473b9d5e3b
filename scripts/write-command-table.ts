/** Writes src/expressive-code/command-table.json from what the engine's own COMMAND and COMMAND DOCS say. */
import { writeFileSync } from 'node:fs';
import { startPreset } from '../src/transcript/presets.ts';
import { makeCommandTable } from './command-table/make.ts';
import { createMachine } from './lessons/engine-machine.ts';

const machine = await createMachine();
await startPreset(machine, 'single');
const table = makeCommandTable(await ask('COMMAND'), await ask('COMMAND', 'DOCS'));
await machine.dispose();

const lines = Object.entries(table).map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
writeFileSync('src/expressive-code/command-table.json', `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} commands`);

/** Runs `redis-cli --json` to its end. */
async function ask<Reply>(...command: string[]): Promise<Reply> {
  const chunks: Uint8Array[] = [];
  const pid = await machine.spawn({ argv: ['redis-cli', '--json', ...command], onOutput: (bytes) => void chunks.push(bytes) });
  await machine.waitForInput(pid, 60_000);
  const status = await machine.exited(pid);
  if (status.kind !== 'exit' || status.code !== 0) throw new Error(`${command.join(' ')}: ${JSON.stringify(status)}`);
  return JSON.parse(Buffer.concat(chunks).toString()) as Reply;
}
