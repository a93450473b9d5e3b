import { type Contender, encode } from './contender.ts';
import { type AnswerListener, Conversation, type Disagreement } from './conversation.ts';
import { describeData } from './data-sets.ts';
import { type DocumentedCommand } from './documentation.ts';
import { render } from './reply.ts';
import { type Sequence, type Step, stepsOf } from './sequence.ts';
import { sha1 } from './sha1.ts';
import { CHANGED_PARAMETERS } from './templates/settings.ts';

/** Steps of one client that are sent in one piece. */
const BATCH = 6;
/** Bytes that a server reads at once from a client, whatever its allocator: PROTO_IOBUF_LEN. */
const TURN_BYTES = 16 * 1024;
/** Of `$123\r\n` and `\r\n`, at most. */
const WORD_BYTES = 16;
/** Steps between two looks at DEBUG DIGEST. */
const DIGEST_EVERY = 40;

/** The first thing in a sequence that was not the same, and how many steps had been taken. */
export interface Difference extends Disagreement {
  step: number;
  client: number;
}

/** Two servers, native and ours, that get the same sequences and must answer the same. */
export class Duel {
  readonly #native: Contender;
  readonly #ours: Contender;
  readonly #names: ReadonlySet<string>;
  readonly #initial = new Map<string, string>();
  /** Called for every answer of a command, for the coverage. */
  onAnswer: AnswerListener = () => {};

  constructor(native: Contender, ours: Contender, commands: readonly DocumentedCommand[]) {
    this.#native = native;
    this.#ours = ours;
    this.#names = new Set(commands.map(({ name }) => name));
  }

  /** Runs a sequence on both, from an empty data set. Resolves with the first difference, if there is one. */
  async run(sequence: Sequence): Promise<Difference | undefined> {
    await this.#reset();
    const ids = await this.#both((server) => server.open(sequence.clients));
    const conversations = Array.from({ length: sequence.clients }, () => {
      return new Conversation(this.#nameOf, (name, succeeded) => this.onAnswer(name, succeeded));
    });
    const steps = stepsOf(sequence);
    const ends = groupEnds(sequence);
    let nextDigest = DIGEST_EVERY;
    for (let at = 0; at < steps.length;) {
      const batch = batchAt(steps, at);
      at += batch.length;
      await this.#play(batch, ids, conversations);
      const found =
        this.#compare(conversations) ??
        (ends.has(at) && (at >= nextDigest || at === steps.length) ? await this.#digests() : undefined);
      if (found) return { ...found, step: at };
      if (at >= nextDigest && ends.has(at)) nextDigest = at + DIGEST_EVERY;
    }
    return undefined;
  }

  async #play(
    batch: readonly Step[],
    ids: Pair<readonly string[]>,
    conversations: readonly Conversation[],
  ): Promise<void> {
    const client = batch[0]!.client;
    const pieces: Pair<Buffer[]> = [[], []];
    for (const { args } of batch) {
      const resolved = await this.#resolve(args);
      conversations[client]!.sent(resolved);
      for (const side of [0, 1] as const) pieces[side].push(encode(resolved.map((arg) => withIds(arg, ids[side]))));
    }
    this.#native.send(client, Buffer.concat(pieces[0]));
    this.#ours.send(client, Buffer.concat(pieces[1]));
    await this.#both((server) => server.settled());
    const { waitMs } = batch.at(-1)!;
    if (waitMs === undefined) return;
    await this.#both((server) => server.wait(waitMs));
    await this.#both((server) => server.settled());
  }

  #compare(conversations: readonly Conversation[]): Omit<Difference, 'step'> | undefined {
    for (const [client, conversation] of conversations.entries()) {
      const found = conversation.compare(this.#native.replies(client), this.#ours.replies(client));
      if (found) return { ...found, client };
    }
    return undefined;
  }

  async #digests(): Promise<Omit<Difference, 'step'> | undefined> {
    const [native, ours] = await this.#both(async (server) => render(await server.ask('DEBUG', 'DIGEST')));
    if (native === ours) return undefined;
    const [nativeData, oursData] = await this.#both(describeData);
    const again = await this.#both(async (server) => render(await server.ask('DEBUG', 'DIGEST')));
    const differ = (mine: readonly string[], other: readonly string[]): string =>
      mine.filter((line) => !other.includes(line)).join(', ') || 'no line';
    return {
      args: ['DEBUG', 'DIGEST'],
      native: `${native}, later ${again[0]}: ${differ(nativeData, oursData)}`,
      ours: `${ours}, later ${again[1]}: ${differ(oursData, nativeData)}`,
      client: -1,
    };
  }

  /** Nothing of the sequence before is left: data, scripts, users, parameters. */
  async #reset(): Promise<void> {
    await this.#ours.setClock(Date.now());
    await this.#both((server) => server.open(0));
    await this.#both(async (server) => {
      for (const command of RESET) await server.ask(...command);
      for (const name of CHANGED_PARAMETERS) {
        const key = `${server.name} ${name}`;
        const known = this.#initial.get(key) ?? (await server.ask('CONFIG', 'GET', name)).items?.[1]?.text ?? '';
        this.#initial.set(key, known);
      }
      await server.ask(
        'CONFIG',
        'SET',
        ...CHANGED_PARAMETERS.flatMap((name) => [name, this.#initial.get(`${server.name} ${name}`)!]),
      );
    });
  }

  /** Payloads come from the native server at the moment when they are sent, and both get the same. */
  async #resolve(args: readonly string[]): Promise<readonly string[]> {
    const resolved: string[] = [];
    for (const arg of args) resolved.push(await this.#payload(arg));
    return resolved;
  }

  async #payload(arg: string): Promise<string> {
    if (arg === '<functions>') return (await this.#native.ask('FUNCTION', 'DUMP')).text ?? '';
    const [, kind, rest] = /^<(dump|sha):(.*)>$/s.exec(arg) ?? [];
    // Both are asked, because DUMP deletes a key that has expired.
    if (kind === 'dump') return (await this.#both((server) => server.ask('DUMP', rest!)))[0].text ?? '';
    return kind === 'sha' ? sha1(rest!) : arg;
  }

  #both<T>(action: (server: Contender) => Promise<T>): Promise<Pair<T>> {
    return Promise.all([action(this.#native), action(this.#ours)]);
  }

  readonly #nameOf = (args: readonly string[]): string => {
    const [name = '', subcommand = ''] = args.slice(0, 2).map((word) => word.toLowerCase());
    const whole = `${name}|${subcommand}`;
    if (this.#names.has(whole)) return whole;
    return this.#names.has(name) ? name : 'unknown';
  };
}

type Pair<T> = [native: T, ours: T];

const RESET: readonly (readonly string[])[] = [
  ['FLUSHALL', 'SYNC'],
  ['SCRIPT', 'FLUSH', 'SYNC'],
  ['FUNCTION', 'FLUSH', 'SYNC'],
  ['ACL', 'DELUSER', 'alice', 'bob'],
  ['ACL', 'LOG', 'RESET'],
  ['CONFIG', 'RESETSTAT'],
  ['DEBUG', 'SET-ACTIVE-EXPIRE', '0'],
  ['DEBUG', 'QUICKLIST-PACKED-THRESHOLD', '0'],
];

/** Where groups end: in the middle of one, chance may be in the data (SPOP, before the key is deleted). */
function groupEnds({ groups }: Sequence): ReadonlySet<number> {
  let end = 0;
  return new Set(groups.map(({ length }) => (end += length)));
}

/**
 * Consecutive steps of one client, up to one after which time passes. A server reads them in one turn of its event loop:
 * what a turn ends with, as the invalidations of CLIENT TRACKING BCAST, comes after all of them. How much of a longer piece
 * is read in a turn depends on the allocator's sizes.
 */
function batchAt(steps: readonly Step[], start: number): readonly Step[] {
  let end = start + 1;
  const { client, args } = steps[start]!;
  let bytes = args.some(isPayload) ? TURN_BYTES : lengthOf(steps[start]!);
  while (
    end < steps.length &&
    end - start < BATCH &&
    steps[end]!.client === client &&
    steps[end - 1]!.waitMs === undefined
  ) {
    bytes += lengthOf(steps[end]!);
    // A payload is taken from what has been done until now.
    if (bytes > TURN_BYTES || steps[end]!.args.some(isPayload)) break;
    end++;
  }
  return steps.slice(start, end);
}

const isPayload = (arg: string): boolean => arg.startsWith('<dump:') || arg === '<functions>';
const lengthOf = ({ args }: Step): number => args.reduce((sum, { length }) => sum + length + WORD_BYTES, 0);
const withIds = (arg: string, ids: readonly string[]): string =>
  arg.startsWith('<id:') ? (ids[Number(arg.slice(4, -1))] ?? '0') : arg;
