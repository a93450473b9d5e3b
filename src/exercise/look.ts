import type { Plain } from '../../wasm-redis/resp/plain.ts';
import type { Condition, Wanted } from './assertion.ts';
import { code, describeWanted, nameOfType, quoted } from './describe.ts';
import { isWithin, type Range } from './range.ts';

/** Sends a command and resolves with its reply; an error reply is data. */
export type Ask = (...command: readonly string[]) => Promise<Plain>;

/** What was found. `blocked`: the key is missing or of another type, so the condition itself could not be looked at. */
export interface Look {
  met: boolean;
  blocked: boolean;
  /** A statement of one line, with `code` in backticks. */
  found: string;
}

/** Looks at a server whether a condition is met, by commands that change nothing. */
export async function look(condition: Condition, ask: Ask): Promise<Look> {
  switch (condition.is) {
    case 'config':
      return compareText(
        code(condition.name),
        textOf(itemAt(await ask('CONFIG', 'GET', condition.name), 1)),
        condition.value,
      );
    case 'info':
      return compareText(
        code(condition.name),
        infoField(await ask('INFO', 'everything'), condition.name),
        condition.value,
      );
    case 'keys': {
      const count = await countKeys(condition.match, ask);
      return result(isWithin(condition.count, count), `there are ${count}`);
    }
    case 'reply': {
      const reply = wantedOf(await ask(...condition.command));
      const met = same(reply, condition.value);
      const blocked = typeof reply === 'string' && reply.startsWith('(error) WRONGTYPE');
      return { met, blocked: blocked && !met, found: `the reply is ${describeWanted(reply)}` };
    }
    default:
      return lookAtKey(condition, ask);
  }
}

type KeyCondition = Extract<Condition, { key: string }>;

/** Which types a condition can be looked at on; all if not listed. */
const TYPES_FOR: Partial<Record<Condition['is'], readonly string[]>> = {
  value: ['string'],
  number: ['string'],
  field: ['hash'],
  member: ['list', 'set', 'zset'],
  items: ['list', 'set', 'zset'],
};

async function lookAtKey(condition: KeyCondition, ask: Ask): Promise<Look> {
  const { key } = condition;
  const reply = await ask('TYPE', key);
  const type = textOf(reply) ?? `unknown: ${describeWanted(wantedOf(reply))}`;
  const missing = type === 'none';
  if (condition.is === 'exists')
    return result(condition.exists !== missing, missing ? 'it does not exist' : `it is ${nameOfType(type)}`);
  if (missing) return { met: false, blocked: true, found: `there is no key ${code(key)}` };
  if (condition.is === 'type') return result(type === condition.type, `it is ${nameOfType(type)}`);
  const types = TYPES_FOR[condition.is];
  if (types && !types.includes(type))
    return { met: false, blocked: true, found: `${code(key)} is ${nameOfType(type)}` };
  switch (condition.is) {
    case 'value': {
      const value = textOf(await ask('GET', key)) ?? '';
      return result(value === condition.value, `it holds ${quoted(value)}`);
    }
    case 'number': {
      const value = textOf(await ask('GET', key)) ?? '';
      return result(value.trim() !== '' && isWithin(condition.range, Number(value)), `it holds ${quoted(value)}`);
    }
    case 'length': {
      const length = Number(wantedOf(await ask(LENGTH_COMMANDS[type] ?? 'STRLEN', key)));
      return result(isWithin(condition.length, length), `its length is ${length}`);
    }
    case 'field': {
      const value = textOf(await ask('HGET', key, condition.field));
      if (value === undefined) return result(!condition.exists, 'there is no such field');
      return result(condition.exists && (condition.value ?? value) === value, `it is ${quoted(value)}`);
    }
    case 'member':
      return lookAtMember(condition, type, ask);
    case 'items':
      return lookAtItems(condition, type, ask);
    case 'ttl': {
      const ms = Number(wantedOf(await ask('PTTL', key)));
      const found = ms < 0 ? 'it has no time limit' : `it expires in ${ms / 1_000} s`;
      if (condition.ttl === 'none') return result(ms === -1, found);
      return result(ms >= 0 && isWithin(condition.ttl, ms / 1_000), found);
    }
    case 'encoding': {
      const encoding = textOf(await ask('OBJECT', 'ENCODING', key)) ?? '';
      return result(encoding === condition.encoding, `it is stored as ${code(encoding)}`);
    }
  }
}

const LENGTH_COMMANDS: Readonly<Record<string, string>> = {
  string: 'STRLEN',
  list: 'LLEN',
  set: 'SCARD',
  zset: 'ZCARD',
  hash: 'HLEN',
  stream: 'XLEN',
};

async function lookAtMember(
  { key, member, exists, score }: Extract<Condition, { is: 'member' }>,
  type: string,
  ask: Ask,
): Promise<Look> {
  if (type === 'zset') {
    const found = textOf(await ask('ZSCORE', key, member));
    if (found === undefined) return result(!exists, 'it is not there');
    return result(exists && (score === undefined || isWithin(score, scoreOf(found))), `its score is ${found}`);
  }
  const reply = type === 'set' ? await ask('SISMEMBER', key, member) : await ask('LPOS', key, member);
  const there = type === 'set' ? reply === 1 : reply !== null;
  return result(there === exists && score === undefined, there ? 'it is there' : 'it is not there');
}

/** A list and a sorted set have an order; for a set it does not count. */
async function lookAtItems({ key, items }: Extract<Condition, { is: 'items' }>, type: string, ask: Ask): Promise<Look> {
  const command = type === 'set' ? ['SMEMBERS', key] : [type === 'list' ? 'LRANGE' : 'ZRANGE', key, '0', '-1'];
  const reply = wantedOf(await ask(...command));
  const found = isList(reply) ? reply : [];
  const [a, b] = type === 'set' ? [[...found].sort(), [...items].sort()] : [found, items];
  return result(same(a, b), `it holds ${describeWanted(found)}`);
}

/** `SCAN` to the end, as `KEYS` would stop a server with many. */
async function countKeys(match: string, ask: Ask): Promise<number> {
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const reply = await ask('SCAN', cursor, 'MATCH', match, 'COUNT', '1000');
    cursor = textOf(itemAt(reply, 0)) ?? '0';
    const page = wantedOf(itemAt(reply, 1));
    if (isList(page)) for (const key of page) seen.add(String(key));
  } while (cursor !== '0');
  return seen.size;
}

function compareText(name: string, found: string | undefined, wanted: string | Range): Look {
  if (found === undefined) return result(false, `there is no ${name}`);
  const met = typeof wanted === 'string' ? found === wanted : isWithin(wanted, Number(found));
  return result(met, `it is ${quoted(found)}`);
}

function infoField(info: Plain, name: string): string | undefined {
  const line = textOf(info)
    ?.split('\r\n')
    .find((line) => line.startsWith(`${name}:`));
  return line?.slice(name.length + 1);
}

function result(met: boolean, found: string): Look {
  return { met, found, blocked: false };
}

function same(a: Wanted, b: Wanted): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index] ?? null));
  return a === null || b === null ? a === b : !isList(a) && !isList(b) && String(a) === String(b);
}

/** `Array.isArray` makes `any[]` of a readonly array. */
function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

/** A reply as an author would write it. An error is its text. */
export function wantedOf(reply: Plain): Wanted {
  if (reply === null || typeof reply === 'string' || typeof reply === 'number') return reply;
  if (isList<Plain>(reply)) return reply.map(wantedOf);
  if (typeof reply === 'object' && 'error' in reply) return `(error) ${reply.error}`;
  // RESP2, which a check speaks, has no other types.
  return typeof reply === 'object' ? '(a reply of RESP3)' : String(reply);
}

function itemAt(reply: Plain, index: number): Plain {
  return isList<Plain>(reply) ? (reply[index] ?? null) : reply;
}

function textOf(reply: Plain): string | undefined {
  return typeof reply === 'string' ? reply : undefined;
}

function scoreOf(text: string): number {
  if (text === 'inf') return Infinity;
  return text === '-inf' ? -Infinity : Number(text);
}
