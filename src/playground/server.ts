import { Lab } from '../../wasm-redis/lab/lab.ts';
import { node, OWN_HOST } from '../../wasm-redis/lab/one-server.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import { MachineError, type Machine, type Pid } from '../../wasm-redis/machine.ts';
import { RedisClient } from '../../wasm-redis/lab/node-client.ts';
import { FIRST_CONFIG, readDirective } from './server-config.ts';

export const CONFIG_FILE = '/data/redis.conf';
const DATA_FOLDER = '/data';
const PORT = 6379;
/** A server that is asked to end writes its dump first. */
const PATIENCE_MS = 5000;

/** A file of the machine, kept aside. */
export interface KeptFile {
  path: string;
  bytes: Uint8Array;
}

/** The playground's server did something that the playground did not want, in words. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}

/** Starts the server with its configuration file and resolves when it listens. Rejects with what Redis said instead. */
export async function startServer(machine: Machine, ...options: string[]): Promise<void> {
  const files = await machine.listFiles(DATA_FOLDER);
  if (!files.some(({ path }) => path === CONFIG_FILE)) await writeText(machine, CONFIG_FILE, FIRST_CONFIG);
  let said = '';
  const decoder = new TextDecoder();
  const pid = await machine.spawn({
    argv: ['redis-server', CONFIG_FILE, ...options],
    onOutput: (bytes) => {
      said += decoder.decode(bytes, { stream: true });
    },
  });
  const ended = machine.exited(pid).then((status) => {
    throw new ServerError(`Redis did not start: ${said.trim() || JSON.stringify(status)}`);
  });
  await Promise.race([machine.listening(PORT), ended]);
  // From here on its end is the learner's business.
  ended.catch(() => undefined);
}

/** The playground's server as a lab of one node, which is started as `startServer` does it. */
export const PLAYGROUND: Topology = {
  nodes: [{ ...node('server', 1, 'redis'), host: OWN_HOST, port: PORT, args: [CONFIG_FILE] }],
};

/** Starts the server on a new machine. */
export async function bootServer({ machine }: { machine: Machine }): Promise<Lab> {
  await startServer(machine);
  const lab = new Lab(machine, PLAYGROUND);
  await lab.locate();
  return lab;
}

/** Asks all servers to end, as `kill` does, and insists after a while. */
export async function stopServers(machine: Machine, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const servers = (await machine.processes()).filter(({ argv }) => argv[0] === 'redis-server');
  await Promise.all(servers.map(({ pid }) => stop(machine, pid, signal)));
}

/** The present data as a dump, which the server writes first if it runs. */
export async function saveDump(machine: Machine): Promise<Uint8Array> {
  const client = await connect(machine);
  if (!client) return machine.readFile(`${DATA_FOLDER}/dump.rdb`);
  try {
    const saved = await client.command('SAVE');
    if (saved.kind === 'error') throw new ServerError(`SAVE was refused: ${saved.text}`);
    const [, file = 'dump.rdb'] = textList(await client.call('CONFIG', 'GET', 'dbfilename'));
    const [, folder = DATA_FOLDER] = textList(await client.call('CONFIG', 'GET', 'dir'));
    return await machine.readFile(`${folder}/${file}`);
  } finally {
    await client.close();
  }
}

/**
 * Replaces all data by that of a dump. The append-only file is set aside, because a server that has one does not look at
 * the dump, and written anew from what was loaded. Rejects with what Redis said if it cannot read the dump; the data are
 * then gone, so keep them first (`keepFiles`).
 */
export async function loadDump(machine: Machine, dump: Uint8Array): Promise<void> {
  await stopServers(machine, 'SIGKILL');
  for (const { path } of await machine.listFiles(DATA_FOLDER)) {
    if (/\.rdb$|appendonlydir/.test(path)) await machine.removeFile(path);
  }
  await machine.writeFile(`${DATA_FOLDER}/dump.rdb`, dump);
  try {
    await startServer(machine, '--appendonly', 'no', '--dbfilename', 'dump.rdb');
    const client = await RedisClient.connect(machine, { port: PORT });
    await untilLoaded(machine, client);
    const appends = readDirective(await readText(machine, CONFIG_FILE), 'appendonly') === 'yes';
    if (appends) await client.command('CONFIG', 'SET', 'appendonly', 'yes');
    await client.close();
  } catch (error) {
    // The server ended: before it listened, before the connection was there, or while it was loading.
    if (!(error instanceof MachineError) && !(error instanceof ServerError)) throw error;
    throw new ServerError(`Redis could not load the dump. ${await lastLogLines(machine)}`, { cause: error });
  }
}

/** A server listens before it has loaded its data, and answers LOADING meanwhile. Rejects if it ends instead. */
async function untilLoaded(machine: Machine, client: RedisClient): Promise<void> {
  for (;;) {
    const reply = await client.command('PING');
    if (reply.kind !== 'error' || !reply.text.startsWith('LOADING')) return;
    await machine.settle();
  }
}

/** Copies of all files. */
export async function keepFiles(machine: Machine): Promise<KeptFile[]> {
  const files = await machine.listFiles('/');
  return Promise.all(files.map(async ({ path }) => ({ path, bytes: await machine.readFile(path) })));
}

/** Puts kept files in the place of all that there are, and starts the server on them. */
export async function restoreFiles(machine: Machine, kept: readonly KeptFile[]): Promise<void> {
  await stopServers(machine, 'SIGKILL');
  for (const { path } of await machine.listFiles(DATA_FOLDER)) await machine.removeFile(path);
  for (const { path, bytes } of kept) await machine.writeFile(path, bytes);
  await startServer(machine);
}

export async function readText(machine: Machine, path: string): Promise<string> {
  return new TextDecoder().decode(await machine.readFile(path));
}

export function writeText(machine: Machine, path: string, text: string): Promise<void> {
  return machine.writeFile(path, new TextEncoder().encode(text));
}

async function stop(machine: Machine, pid: Pid, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const insist = setTimeout(() => void machine.kill(pid, 'SIGKILL'), PATIENCE_MS);
  await machine.kill(pid, signal);
  await machine.exited(pid);
  clearTimeout(insist);
}

/** Undefined if no server listens. */
async function connect(machine: Machine): Promise<RedisClient | undefined> {
  const processes = await machine.processes();
  return processes.some(({ listening }) => listening.includes(PORT))
    ? RedisClient.connect(machine, { port: PORT })
    : undefined;
}

async function lastLogLines(machine: Machine): Promise<string> {
  return (await readText(machine, `${DATA_FOLDER}/redis.log`)).trim().split('\n').slice(-2).join(' ');
}

function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
