import type { CommandEntry } from '../../src/expressive-code/command-entry.ts';
import { startPreset } from '../../src/transcript/presets.ts';
import { createMachine } from '../lessons/engine-machine.ts';
import { makeCommandTable, type CommandDocs, type CommandInfo } from './make.ts';

/** The table as the built engine gives it, by its own COMMAND and COMMAND DOCS. */
export async function askEngineForCommandTable(): Promise<Record<string, CommandEntry>> {
  const machine = await createMachine();
  try {
    await startPreset(machine, 'single');
    const ask = async (...command: string[]): Promise<unknown> => {
      const chunks: Uint8Array[] = [];
      const pid = await machine.spawn({
        argv: ['redis-cli', '--json', ...command],
        onOutput: (bytes) => void chunks.push(bytes),
      });
      await machine.waitForInput(pid, 60_000);
      const status = await machine.exited(pid);
      if (status.kind !== 'exit' || status.code !== 0) {
        throw new Error(`expected \`${command.join(' ')}\` to end well, found ${JSON.stringify(status)}`);
      }
      return JSON.parse(Buffer.concat(chunks).toString());
    };
    const info = (await ask('COMMAND')) as CommandInfo[];
    return makeCommandTable(info, (await ask('COMMAND', 'DOCS')) as Record<string, CommandDocs>);
  } finally {
    await machine.dispose();
  }
}
