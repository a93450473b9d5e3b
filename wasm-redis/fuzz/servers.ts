import { encode } from '../differential/contender.ts';
import { createDice, type Dice } from '../differential/dice.ts';
import { seedData } from '../differential/seed-data.ts';
import { WasmContender } from '../differential/wasm-contender.ts';
import { mutate } from './mutate.ts';
import { type Target } from './target.ts';

/** Payload types by the keys that have them. */
const DUMPED = [
  'str:long',
  'list:a',
  'list:long',
  'set:ints',
  'set:long',
  'hash:a',
  'hash:long',
  'zset:a',
  'zset:long',
  'stream:a',
];
const SERVER_SEED = 1;

/** Bytes that begin as commands and become something else, on a connection of their own. */
export function createRespTarget(): Target {
  return serverTarget('resp', async (server, dice) => {
    const commands = Array.from({ length: dice.between(1, 5) }, () => Buffer.from(encode(dice.one(seedData(dice)))));
    const bytes = Buffer.from(mutate(dice, Buffer.concat(commands)));
    await server.open(1);
    const cut = dice.below(bytes.length + 1);
    server.send(0, bytes.subarray(0, cut));
    await server.settled();
    server.send(0, bytes.subarray(cut));
    await server.settled();
  });
}

/** Payloads of DUMP, changed; then the keys are used, as upstream's corrupt-dump fuzzer does. */
export function createRestoreTarget(): Target {
  return serverTarget('restore', async (server, dice) => {
    await server.ask('FLUSHALL');
    for (const command of seedData(dice)) await server.ask(...command);
    await server.ask('CONFIG', 'SET', 'sanitize-dump-payload', dice.one(['yes', 'no']));
    await server.ask('DEBUG', 'SET-SKIP-CHECKSUM-VALIDATION', '1');
    for (const key of DUMPED) {
      const { text = '' } = await server.ask('DUMP', key);
      const payload = Buffer.from(mutate(dice, Buffer.from(text, 'latin1'))).toString('latin1');
      await server.ask('RESTORE', `hostile:${key}`, '0', payload, 'REPLACE');
      for (const use of USES) await server.ask(...use.map((word) => (word === 'KEY' ? `hostile:${key}` : word)));
    }
  });
}
const USES = [
  ['DEBUG', 'DIGEST-VALUE', 'KEY'],
  ['LRANGE', 'KEY', '0', '-1'],
  ['LPOP', 'KEY'],
  ['SMEMBERS', 'KEY'],
  ['SPOP', 'KEY'],
  ['HGETALL', 'KEY'],
  ['ZRANGE', 'KEY', '0', '-1', 'WITHSCORES'],
  ['ZPOPMIN', 'KEY'],
  ['XRANGE', 'KEY', '-', '+'],
  ['XINFO', 'STREAM', 'KEY', 'FULL'],
  ['DEL', 'KEY'],
];

/** A server that starts with a changed dump.rdb, or a changed AOF: it serves, or it ends and says why. */
export function createFileTarget(name: 'rdb' | 'aof'): Target {
  const options = name === 'aof' ? ['--appendonly', 'yes', '--aof-use-rdb-preamble', 'no'] : [];
  return {
    name,
    async execute(seed) {
      const dice = createDice(seed);
      const files = await writtenFiles(dice, options, name);
      return guarded(async () => {
        const server = await WasmContender.start(SERVER_SEED, options, files).catch(endedWhileLoading);
        await server?.stop();
      });
    },
    close: async () => {},
  };
}

async function writtenFiles(dice: Dice, options: readonly string[], name: string): Promise<Map<string, Uint8Array>> {
  const writer = await WasmContender.start(SERVER_SEED, options);
  for (const command of seedData(dice)) await writer.ask(...command);
  if (name === 'rdb') await writer.ask('SAVE');
  const files = new Map(await writer.files());
  await writer.stop();
  for (const [path, bytes] of files) if (/\.rdb$|incr\.aof$/.test(path)) files.set(path, mutate(dice, bytes));
  return files;
}

/** That a server refuses a file and ends is right, before it listens or, while it loads, after. */
function endedWhileLoading(error: unknown): undefined {
  if (error instanceof Error && ENDS.test(error.message)) return undefined;
  throw error;
}
const ENDS = /^(Our server (ended before it listened|gave no reply)|Nothing listens on|The connection is closed)/;

/** One server for many inputs; a new one when it has died, which hostile payloads may do unless they are sanitized. */
function serverTarget(name: string, attack: (server: WasmContender, dice: Dice) => Promise<void>): Target {
  let server: WasmContender | undefined;
  return {
    name,
    async execute(seed) {
      server ??= await WasmContender.start(SERVER_SEED);
      const { machine, pid } = server;
      const account = await guarded(() => attack(server!, createDice(seed)));
      const alive = (await machine.processes()).some((process) => process.pid === pid);
      if (alive && account === undefined) return undefined;
      await server.stop();
      server = undefined;
      // A reply that is missing because the server has ended cleanly is no finding for payloads that nobody has checked.
      return alive || name === 'resp' ? (account ?? 'The server has ended.') : undefined;
    },
    close: async () => server?.stop(),
  };
}

async function guarded(attack: () => Promise<void>): Promise<string | undefined> {
  try {
    await attack();
    return undefined;
  } catch (error) {
    return (error as Error).stack ?? String(error);
  }
}
