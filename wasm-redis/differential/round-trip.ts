import { type Contender } from './contender.ts';
import { readDocumentation } from './documentation.ts';
import { FileExchange } from './file-exchange.ts';
import { Generator } from './generator.ts';
import { dropNegativeZeros } from './negative-zero.ts';
import { Player } from './player.ts';
import { render } from './reply.ts';
import { type Step } from './sequence.ts';

/** What is written by one server and loaded by the other. */
export const TRIP_KINDS = [
  { file: 'rdb', writer: 'wasm' },
  { file: 'rdb', writer: 'native' },
  { file: 'aof', writer: 'wasm' },
  { file: 'aof', writer: 'native' },
] as const;
export type TripKind = (typeof TRIP_KINDS)[number];

export interface RoundTrips {
  trips: number;
  differences: number;
  /** How many of each kind: `rdb wasm` is an RDB file that ours has written. */
  kinds: Record<string, number>;
}

const STEPS = 130;
/** All that there are by default: MOVE and COPY take keys anywhere. */
const DATABASES = Array.from({ length: 16 }, (_, database) => database);
const SAMPLES = [[], ['--aof-use-rdb-preamble', 'no'], ['--rdbcompression', 'no'], ['--rdbchecksum', 'no']] as const;

/** With everysec a server whose fsync takes long, on a busy computer, holds back what it has answered for up to two seconds. */
const AOF = ['--appendonly', 'yes', '--appendfsync', 'no'];

/**
 * Round trips, the four kinds by turns: a sequence makes data, one server writes it to a file, the other starts with
 * that file, and both have the same keys, values, expiry times and functions. @param onDifference gets an account
 * @param more asked before each trip
 */
export async function runRoundTrips(
  count: number,
  seed: number,
  onDifference: (account: string) => void,
  more: () => boolean = () => true,
): Promise<RoundTrips> {
  const result: RoundTrips = { trips: 0, differences: 0, kinds: {} };
  if (count === 0) return result;
  const exchange = await FileExchange.create(seed);
  try {
    const commands = await readDocumentation(exchange.reference);
    const generator = new Generator(commands);
    for (let trip = 0; trip < count && more(); trip++) {
      const kind = TRIP_KINDS[trip % TRIP_KINDS.length]!;
      const found = await makeTrip(exchange, generator, kind, seed + trip);
      const name = `${kind.file} ${kind.writer}`;
      result.trips++;
      result.kinds[name] = (result.kinds[name] ?? 0) + 1;
      if (!found) continue;
      result.differences++;
      onDifference(`round trip, seed ${seed + trip}, ${name}: ${found}`);
    }
  } finally {
    await exchange.close();
  }
  return result;
}

/** One trip. Resolves with what differs, if anything does. */
export async function makeTrip(
  exchange: FileExchange,
  generator: Generator,
  kind: TripKind,
  seed: number,
): Promise<string | undefined> {
  const options = [...SAMPLES[seed % SAMPLES.length]!, ...(kind.file === 'aof' ? AOF : [])];
  const writer = await exchange.startWriter(kind.writer, options);
  await new Player(writer, keptInFiles).play(generator.sequence(seed, STEPS));
  const whole = kind.file === 'rdb';
  for (const database of DATABASES) await dropNegativeZeros(writer, await keysOf(writer, database));
  const before = await census(writer, whole);
  if (kind.file === 'rdb') await writer.ask('SAVE');
  else if (seed % 3 === 0) await exchange.rewrite(writer);
  const reader = await exchange.load(kind.writer, options);
  const after = await census(reader, whole);
  await exchange.stopReader();
  return firstDifference(before, after);
}

/** DEBUG POPULATE writes past the AOF, and so does a script that asks for it. */
const keptInFiles = ({ args }: Step): boolean => !args.some((arg) => arg === 'POPULATE' || arg.includes('REPL_NONE'));

/**
 * Everything that a file has to keep, as lines. Keys that have expired are deleted first, as loading does.
 *
 * @param whole with the consumer groups of streams: of these upstream's AOF does not keep how many entries were read
 */
async function census(server: Contender, whole: boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const database of DATABASES) {
    for (const key of await keysOf(server, database)) lines.push(await describeKey(server, database, key, whole));
  }
  await server.ask('SELECT', '0');
  lines.push(render(await server.ask('DEBUG', 'DIGEST')));
  lines.push(...((await server.ask('FUNCTION', 'LIST', 'WITHCODE')).items ?? []).map(sortedText).sort());
  return lines;
}

/** The keys of a data base, which is the chosen one afterwards. */
async function keysOf(server: Contender, database: number): Promise<readonly string[]> {
  await server.ask('SELECT', String(database));
  await server.ask('SCAN', '0', 'COUNT', '1000000');
  return ((await server.ask('KEYS', '*')).items ?? []).map(({ text }) => text ?? '').sort();
}

async function describeKey(server: Contender, database: number, key: string, whole: boolean): Promise<string> {
  const asked = [
    ['TYPE', key],
    ['PEXPIRETIME', key],
    ['DEBUG', 'DIGEST-VALUE', key],
  ];
  const replies: string[] = [];
  for (const command of asked) replies.push(render(await server.ask(...command)));
  if (whole && replies[0] === '+stream') {
    const groups = render(await server.ask('XINFO', 'STREAM', key, 'FULL'));
    // How many nodes a radix tree has is no part of the value.
    replies.push(groups.replace(/\$"radix-tree-(keys|nodes)" :\d+/g, ''));
  }
  return `${database} ${JSON.stringify(key)} ${replies.join(' ')}`;
}

/** Functions of a library come in the order of a hash table. */
function sortedText(library: { items?: readonly unknown[] }): string {
  return [...JSON.stringify(library)].sort().join('');
}

function firstDifference(before: readonly string[], after: readonly string[]): string | undefined {
  const at = before.findIndex((line, index) => line !== after[index]);
  if (at < 0 && before.length === after.length) return undefined;
  const index = at < 0 ? before.length : at;
  return `written ${before[index]?.slice(0, 400) ?? 'nothing'}, loaded ${after[index]?.slice(0, 400) ?? 'nothing'}`;
}
