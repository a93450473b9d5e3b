import { createDirectMachine } from '../../wasm-redis/direct/direct-machine.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import type { Machine, ProgramName } from '../../wasm-redis/machine.ts';
import { loadModule } from '../../wasm-redis/node/load-module.ts';
import { LESSON_MACHINE } from '../transcript/lesson-machine.ts';
import type { CommandDocs, CommandInfo, EngineCommands } from './engine-reply.ts';

const SENTINEL_PORT = 26379;
const SENTINEL_FILE = '/root/sentinel.conf';

/**
 * Boots the built engine and asks it for its commands, by COMMAND and COMMAND DOCS: a server, and then a Sentinel for the
 * commands that only a Sentinel has. Takes less than a second. Rejects when the engine is not built or gives no answer.
 */
export async function askEngine(): Promise<Omit<EngineCommands, 'key'>> {
  const machine = createDirectMachine({ ...LESSON_MACHINE, loadModule });
  try {
    await startTopology(machine, TOPOLOGIES.single);
    const server = await askCommands(machine, 6379);
    await machine.writeFile(SENTINEL_FILE, new Uint8Array());
    const argv: [ProgramName, ...string[]] = [
      'redis-server',
      SENTINEL_FILE,
      '--sentinel',
      '--port',
      `${SENTINEL_PORT}`,
    ];
    await machine.spawn({ argv });
    await machine.listening(SENTINEL_PORT);
    const sentinel = await askCommands(machine, SENTINEL_PORT);
    const known = new Set(server.info.map(([name]) => name));
    const onlySentinel = sentinel.info.filter(([name]) => !known.has(name));
    return {
      info: [...server.info, ...onlySentinel],
      docs: { ...sentinel.docs, ...server.docs },
    };
  } finally {
    await machine.dispose();
  }
}

async function askCommands(machine: Machine, port: number): Promise<Omit<EngineCommands, 'key'>> {
  const ask = async (...command: string[]): Promise<unknown> => {
    const chunks: Uint8Array[] = [];
    const pid = await machine.spawn({
      argv: ['redis-cli', '-p', String(port), '--json', ...command],
      onOutput: (bytes) => void chunks.push(bytes),
    });
    await machine.waitForInput(pid, 60_000);
    const status = await machine.exited(pid);
    if (status.kind !== 'exit' || status.code !== 0) {
      throw new Error(`expected \`${command.join(' ')}\` to end well, found ${JSON.stringify(status)}`);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  };
  return {
    info: (await ask('COMMAND')) as CommandInfo[],
    docs: (await ask('COMMAND', 'DOCS')) as Record<string, CommandDocs>,
  };
}
