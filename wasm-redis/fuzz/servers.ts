import { encode } from '../differential/contender.ts';
import { createDice, type Dice } from '../differential/dice.ts';
import { seedData } from '../differential/seed-data.ts';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { attackMachine } from './attack-machine.ts';
import { Bystander } from './bystander.ts';
import { undocumentedEnd, UNCHECKED_ENDS } from './endings.ts';
import { GuestServer } from './guest-server.ts';
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
const PORT = 6379;
const FOLDER = '/data';

/** What is attacked, and what is beside it. */
interface Scene {
  machine: DirectMachine;
  server: GuestServer;
  bystander: Bystander;
}

/** Bytes that begin as commands and become something else, on a connection of their own. No bytes may end the server. */
export function createRespTarget(): Target {
  return serverTarget('resp', async ({ machine }, dice) => {
    const commands = Array.from({ length: dice.between(1, 5) }, () => Buffer.from(encode(dice.one(seedData(dice)))));
    const bytes = Buffer.from(mutate(dice, Buffer.concat(commands)));
    const cut = dice.below(bytes.length + 1);
    let open = true;
    const connection = await machine.connect({ port: PORT }, (piece) => void (open &&= piece !== null));
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      if (open) await machine.send(connection, piece);
      await machine.settle();
    }
    if (open) await machine.disconnect(connection);
    return { mayEnd: false };
  });
}

/**
 * Payloads of DUMP, changed; then the keys are used, as upstream's corrupt-dump fuzzer does. With `sanitize-dump-payload
 * yes` nothing may end the server, without only what upstream itself checks: an assertion.
 */
export function createRestoreTarget(): Target {
  return serverTarget('restore', async ({ server }, dice) => {
    await server.ask('FLUSHALL');
    for (const command of seedData(dice)) await server.ask(...command);
    const sanitized = dice.chance(0.5);
    await server.ask('CONFIG', 'SET', 'sanitize-dump-payload', sanitized ? 'yes' : 'no');
    await server.ask('DEBUG', 'SET-SKIP-CHECKSUM-VALIDATION', '1');
    for (const key of DUMPED) {
      const { text = '' } = (await server.reply('DUMP', key)) ?? {};
      const payload = Buffer.from(mutate(dice, Buffer.from(text, 'latin1'))).toString('latin1');
      await server.ask('RESTORE', `hostile:${key}`, '0', payload, 'REPLACE');
      for (const use of USES) await server.ask(...use.map((word) => (word === 'KEY' ? `hostile:${key}` : word)));
    }
    return { mayEnd: !sanitized };
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

/** One server for many inputs, another beside it; new ones after an end. */
function serverTarget(name: string, attack: (scene: Scene, dice: Dice) => Promise<{ mayEnd: boolean }>): Target {
  let scene: Scene | undefined;
  const leave = async (): Promise<void> => {
    await scene?.machine.dispose();
    scene = undefined;
  };
  return {
    name,
    async execute(seed) {
      scene ??= await setScene();
      const { server, bystander } = scene;
      try {
        const { mayEnd } = await attack(scene, createDice(seed));
        const { status, log } = server;
        const harm = await bystander.harm();
        const wrongEnd = status && undocumentedEnd(status, log, mayEnd ? UNCHECKED_ENDS : []);
        if (status || harm !== undefined) await leave();
        return wrongEnd ?? harm;
      } catch (error) {
        await leave();
        return (error as Error).stack ?? String(error);
      }
    },
    close: leave,
  };
}

async function setScene(): Promise<Scene> {
  const machine = attackMachine();
  const bystander = await Bystander.start(machine);
  return { machine, bystander, server: await GuestServer.start(machine, { port: PORT, folder: FOLDER }) };
}
