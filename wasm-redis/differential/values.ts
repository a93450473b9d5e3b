import { type Dice } from './dice.ts';

/** Names of keys by the type that the first commands of a sequence give them: few, so that commands meet data. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  string: ['str:a', 'str:b', 'str:long', 'num:a', 'num:b', 'float:a'],
  bitmap: ['bits:a', 'bits:b', 'str:a'],
  list: ['list:a', 'list:b', 'list:long'],
  set: ['set:a', 'set:b', 'set:ints', 'set:long'],
  hash: ['hash:a', 'hash:b', 'hash:long'],
  'sorted-set': ['zset:a', 'zset:b', 'zset:long'],
  geo: ['geo:a', 'geo:b'],
  stream: ['stream:a', 'stream:b'],
  hyperloglog: ['hll:a', 'hll:b'],
  missing: ['none', 'none:2', '', 'k\x00\r\n\xff', '{tag}a', '{tag}b'],
};
/** Scores that are no places are cast from double to an unsigned integer, and what C makes of them is undefined. */
const NO_PLACES = ['wrong:geo'];
const GROUPS = Object.keys(KEYS).filter((group) => group !== 'geo');

export const FIELDS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f1',
  'f2',
  'one',
  '1',
  '2',
  '3',
  '10',
  '',
  '\xff\x00\x80',
  'Palermo',
  'x',
];
const WORDS = ['hello', 'hello world', 'foobar', 'abc', '\xe2\x82\xac', '3', '-7', '12.5', '0', 'a:b', '\x01\x00\xfe'];
const PATTERNS = ['*', 'a*', '?', 'str:*', '[a-c]', 'h[^x]llo*', '*:a', '\\*', 'f[', '*a*a*a*a*b', 'ch:*', '{tag}*'];
const SMALL = ['0', '1', '2', '3', '5', '7', '10', '-1', '-2', '-3', '-100', '100', '64', '63', '8'];
/** Beyond every size, and no number at all. */
const BAD_NUMBERS = ['', 'x', '1.5', ' 1', '1 ', '0x10', '+5', '1e3', '--1', '99999999999999999999', '\x00', '007'];
export const WIDE = [
  '2147483647',
  '2147483648',
  '-2147483648',
  '-2147483649',
  '4294967296',
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775806',
  '1099511627776',
];
/** Sums of these are exact in every floating-point format, so no rounding can differ (see `rules.ts`, long double). */
const EXACT = [
  '0',
  '1',
  '-1',
  '0.5',
  '2.25',
  '-3.125',
  '10',
  '1024.0625',
  '1e3',
  '-0',
  '100',
  '0.0009765625',
  '5.0e-1',
];
const BAD_DOUBLES = ['nan', 'inf', '-inf', '+inf', 'Infinity', '1e400', 'abc', '', '1,5', ' 1', '(1', '1.5x', '-nan'];
export const STREAM_IDS = ['1-1', '1-2', '2-1', '2-0', '5-*', '3', '10-5', '0-1', '0-0', '99-99'];
const RANGE_IDS = [
  '-',
  '+',
  '0',
  '1',
  '1-1',
  '(1-1',
  '(2',
  '5',
  '99',
  '18446744073709551615-18446744073709551615',
  '(+',
];
const LEX = ['-', '+', '[a', '(a', '[c', '(e', '[', '(', '[zz', 'a', '', '[\xff', '+x'];
const SCORES = ['-inf', '+inf', '(1', '1', '2', '(2.5', '5', '10', '(0', '-5', 'inf', '(inf', 'x', '(x'];
const MESSAGES = ['hi', '', '\x00', 'a message of some length'];
export const CHANNELS = ['ch:a', 'ch:b', 'ch:*', 'news', ''];

/** A key: mostly one of the wanted type, else any. */
export function key(dice: Dice, group: string): string {
  if (group === 'geo') return dice.one(dice.chance(0.9) ? KEYS['geo']! : NO_PLACES);
  const fits = KEYS[group];
  return dice.one(fits && dice.chance(0.8) ? fits : KEYS[dice.one(GROUPS)]!);
}

/** A binary string, an empty one, a long one: what a value may be. */
export function word(dice: Dice): string {
  if (dice.chance(0.6)) return dice.one(FIELDS);
  if (dice.chance(0.7)) return dice.one(WORDS);
  if (dice.chance(0.5)) return String(dice.between(-1000, 1000));
  return long(dice);
}

/** A string around the lengths at which encodings change, or a huge one. */
function long(dice: Dice): string {
  const length = dice.one([39, 43, 44, 45, 63, 64, 65, 100, 255, 256, 1000, 4096, 8192, 16383, 16384, 20000]);
  const size = dice.chance(0.02) ? dice.one([70_000, 300_000]) : length;
  if (dice.chance(0.5)) return dice.one(['x', 'ab', '\x00', '\xff\x80', '0123456789']).repeat(size).slice(0, size);
  return Array.from({ length: Math.min(size, 1000) }, () => String.fromCharCode(dice.below(256))).join('');
}

/** @param wide whether numbers beyond 32 bits may come (`rules.ts` says where they must not) */
export function integer(dice: Dice, wide: boolean): string {
  if (dice.chance(0.85)) return dice.one(SMALL);
  if (dice.chance(0.5)) return dice.one(BAD_NUMBERS.filter((text) => wide || text.length < 12));
  return wide ? dice.one(WIDE) : dice.one(['1000', '2000000', '-99999', '16384']);
}

/** What INCRBYFLOAT may meet. */
export const small = (dice: Dice): string =>
  dice.one(['0', '10.5', '-3', '1e2', '3.25', 'x', '', '5.0e3', ' 1', 'nan']);

export const double = (dice: Dice): string => dice.one(dice.chance(0.88) ? EXACT : BAD_DOUBLES);

/**
 * Seconds or milliseconds that end long after the test, or before it begins. Two that are equal are rare: by a clock that
 * stands, `EXPIRE ... GT` with the same lifetime as before is no later.
 */
export const lifetime = (dice: Dice): string =>
  dice.chance(0.6) ? String(dice.between(1, 2000) * 100_000) : dice.one(['0', '-1', '-100', dice.one(BAD_NUMBERS)]);

/** Unix time, seconds: in the past or in the far future. */
export const unixSeconds = (dice: Dice): string => dice.one(['1', '1000000000', '4102444800', '0', '-1', 'x']);
export const unixMs = (dice: Dice): string => dice.one(['1', '1000000000000', '4102444800000', '0', '-1', 'x']);

/** A value for a string argument, by the name that COMMAND DOCS gives it. */
export function named(dice: Dice, name: string, command: string): string {
  const stream = command.startsWith('x');
  switch (name) {
    case 'id':
    case 'last-id':
    case 'start':
    case 'end':
    case 'threshold':
    case 'max_deleted_entry_id':
      if (stream) return dice.one(dice.chance(0.6) ? STREAM_IDS.filter((id) => !id.includes('*')) : RANGE_IDS);
      return word(dice);
    case 'min':
    case 'max':
      return dice.one(command.includes('lex') ? LEX : SCORES);
    case 'stop':
      return dice.one(dice.chance(0.5) ? SMALL : dice.chance(0.5) ? SCORES : LEX);
    case 'channel':
    case 'shardchannel':
      return dice.one(CHANNELS);
    case 'message':
      return dice.one(MESSAGES);
    case 'group':
    case 'groupname':
      return dice.one(['g1', 'g1', 'g2', 'nogroup']);
    case 'consumer':
    case 'consumername':
      return dice.one(['alice', 'bob', 'carol']);
    case 'encoding':
      return dice.one(['u8', 'i8', 'i5', 'u16', 'i64', 'u63', 'u1', 'u64', 'i0', 'x', 'i16']);
    case 'min-idle-time':
      return dice.one(['0', '0', '1000000000', '-1']);
    default:
      return word(dice);
  }
}

export const pattern = (dice: Dice): string => dice.one(dice.chance(0.8) ? PATTERNS : FIELDS);
