import { createDice, type Dice } from '../differential/dice.ts';
import { seedData } from '../differential/seed-data.ts';
import { type Machine } from '../machine.ts';
import { commandOfTooFewArguments } from './aof-arguments.ts';
import { attackMachine } from './attack-machine.ts';
import { LOADING_ENDS, undocumentedEnd, UNCHECKED_ENDS } from './endings.ts';
import { GuestServer } from './guest-server.ts';
import { mutate } from './mutate.ts';
import { type Target } from './target.ts';

const WRITER = { port: 6379, folder: '/writer' };
const READER = { port: 6380, folder: '/reader' };
/** What is looked at once the data has been loaded: whatever is wrong in it, and has not been seen, is met. */
const LOOKS = [['DEBUG', 'DIGEST'], ['KEYS', '*'], ['SCAN', '0', 'COUNT', '100000'], ['DBSIZE'], ['FLUSHALL']];

/**
 * A server starts with a changed dump.rdb, or a changed AOF: it serves, or it ends and says why. The one that has written
 * the file runs beside it, and keeps its data.
 */
export function createFileTarget(name: 'rdb' | 'aof'): Target {
  const options = name === 'aof' ? ['--appendonly', 'yes', '--aof-use-rdb-preamble', 'no'] : [];
  return {
    name,
    async execute(seed) {
      const machine = attackMachine();
      try {
        const dice = createDice(seed);
        const writer = await GuestServer.start(machine, { ...WRITER, options });
        for (const command of seedData(dice)) await writer.ask(...command);
        if (name === 'rdb') await writer.ask('SAVE');
        const digest = await writer.ask('DEBUG', 'DIGEST');
        await copyChanged(machine, dice);
        const reader = await GuestServer.start(machine, { ...READER, options });
        for (const look of LOOKS) await reader.ask(...look);
        const { status, log } = reader;
        if ((await writer.ask('DEBUG', 'DIGEST')) !== digest) return 'The data of the server beside has changed.';
        if (!status || (status.kind === 'trap' && (await crashesNatively(machine, writer)))) return undefined;
        return undocumentedEnd(status, log, [...UNCHECKED_ENDS, ...LOADING_ENDS]);
      } catch (error) {
        return (error as Error).stack ?? String(error);
      } finally {
        await machine.dispose();
      }
    },
    close: async () => {},
  };
}

async function copyChanged(machine: Machine, dice: Dice): Promise<void> {
  for (const { path } of await machine.listFiles(WRITER.folder)) {
    const bytes = await machine.readFile(path);
    const hostile = /\.rdb$|incr\.aof$/.test(path) ? mutate(dice, bytes) : bytes;
    await machine.writeFile(path.replace(WRITER.folder, READER.folder), hostile);
  }
}

/** Whether the reader's append-only file calls a command without what it needs, which upstream does not look after. */
async function crashesNatively(machine: Machine, writer: GuestServer): Promise<boolean> {
  for (const { path } of await machine.listFiles(READER.folder)) {
    if (!path.endsWith('incr.aof')) continue;
    const ask = writer.reply.bind(writer);
    if ((await commandOfTooFewArguments(await machine.readFile(path), ask)) !== undefined) return true;
  }
  return false;
}
