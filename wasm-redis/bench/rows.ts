import { type Argument } from '../resp/encode.ts';
import { type Plain } from '../resp/plain.ts';

/** Clients at once, as redis-benchmark has them by default. */
export const CONNECTIONS = 50;
export const PIPELINES = [1, 16] as const;
export type Pipeline = (typeof PIPELINES)[number];

/** One command whose speed is measured: the same bytes on every path and on the native server. */
export interface Row {
  name: string;
  command: readonly string[];
  /** What has to be there first; the server is emptied before. */
  prepare?: readonly Argument[];
  /** Whether a reply, parsed, is what Redis answers. */
  isRight: (reply: Plain) => boolean;
  /**
   * How replies are counted: those that are always of the same length by their bytes, others by their lines. Reading
   * every one with the parser would measure the parser.
   */
  reply: { kind: 'same-length' } | { kind: 'lines'; count: number };
}

/** redis-benchmark's default: three bytes, here always the same ones. */
const VALUE = 'VXK';
/** What redis-benchmark sends when it is not told to draw random keys (`-r`): the placeholder itself. */
const PLACE = '__rand_int__';

const SAME_LENGTH = { kind: 'same-length' } as const;
const ONE_LINE = { kind: 'lines', count: 1 } as const;
const BULK_STRING = { kind: 'lines', count: 2 } as const;

const isCount = (reply: Plain): boolean => typeof reply === 'number' && reply > 0;
const isAdded = (reply: Plain): boolean => reply === 0 || reply === 1;

/** Commands, keys and values are those of redis-benchmark's own tests; it has none for XADD and EVAL. */
export const ROWS: readonly Row[] = [
  {
    name: 'SET',
    command: ['SET', `key:${PLACE}`, VALUE],
    isRight: (reply) => reply === 'OK',
    reply: SAME_LENGTH,
  },
  {
    name: 'GET',
    command: ['GET', `key:${PLACE}`],
    prepare: ['SET', `key:${PLACE}`, VALUE],
    isRight: (reply) => reply === VALUE,
    reply: SAME_LENGTH,
  },
  { name: 'INCR', command: ['INCR', `counter:${PLACE}`], isRight: isCount, reply: ONE_LINE },
  { name: 'LPUSH', command: ['LPUSH', 'mylist', VALUE], isRight: isCount, reply: ONE_LINE },
  {
    name: 'LRANGE 100',
    command: ['LRANGE', 'mylist', '0', '99'],
    prepare: ['RPUSH', 'mylist', ...Array.from({ length: 1000 }, () => VALUE)],
    isRight: (reply) => Array.isArray(reply) && reply.length === 100 && reply.every((item) => item === VALUE),
    reply: SAME_LENGTH,
  },
  { name: 'SADD', command: ['SADD', 'myset', `element:${PLACE}`], isRight: isAdded, reply: SAME_LENGTH },
  { name: 'HSET', command: ['HSET', 'myhash', `element:${PLACE}`, VALUE], isRight: isAdded, reply: SAME_LENGTH },
  { name: 'ZADD', command: ['ZADD', 'myzset', '0', `element:${PLACE}`], isRight: isAdded, reply: SAME_LENGTH },
  {
    name: 'XADD',
    command: ['XADD', 'mystream', '*', 'field', VALUE],
    isRight: (reply) => typeof reply === 'string' && /^\d+-\d+$/.test(reply),
    reply: BULK_STRING,
  },
  {
    name: 'EVAL',
    command: ['EVAL', "return redis.call('INCR', KEYS[1])", '1', `counter:${PLACE}`],
    isRight: isCount,
    reply: ONE_LINE,
  },
];
