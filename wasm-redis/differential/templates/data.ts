import { type Dice } from '../dice.ts';
import * as values from '../values.ts';
import { type Template } from './template.ts';

const thenDelete =
  (position: number): Template =>
  ({ documented }) => {
    const words = documented();
    const key = words[position];
    return key === undefined ? [words] : [words, ['DEL', key]];
  };
/**
 * By name, elements are in order only if their scores are equal; else a skip list gives what its levels, drawn by chance,
 * lead to, as upstream documents. So these get a set of their own.
 */
const lexical =
  (position: number): Template =>
  ({ documented, dice }) => {
    const words = documented();
    if (!/LEX/i.test(words.join(' ')) || words[position] === undefined) return [words];
    const members = Array.from({ length: dice.between(1, 8) }, () => ['0', dice.one(values.FIELDS)]);
    return [['DEL', 'zset:lex'], ['ZADD', 'zset:lex', ...members.flat()], words.with(position, 'zset:lex')];
  };
/** Stored distances are doubles from two mathematical libraries; the last bit may differ, and the digest sees it. */
const storedDistance: Template = ({ documented }) => {
  const words = documented();
  const upper = words.map((text) => text.toUpperCase());
  if (!upper.includes('STOREDIST')) return [words];
  const destination = upper[0] === 'GEOSEARCHSTORE' ? words[1] : words[upper.lastIndexOf('STOREDIST') + 1];
  return destination === undefined ? [words] : [words, ['DEL', destination]];
};
const notHuge = (text: string): string => (text === '1e400' ? '1e18' : text);

/** Numbers beyond 32 bits are counted on a key that nothing else touches. */
function aside(key: string, position: number): Template {
  return ({ documented, dice }) => {
    const words = documented();
    const wide = values.WIDE.includes(words[position] ?? '') || dice.chance(0.1);
    return [wide ? words.with(1, key) : words];
  };
}
/** Commands about data: what is left to chance, to time, or to how long a number is. */
export const DATA_TEMPLATES: Readonly<Record<string, Template>> = {
  // Which members go is chance: afterwards the key goes too.
  spop: thenDelete(1),
  // An id from the clock: the same.
  xadd: ({ documented }) => {
    const words = documented();
    return words.includes('*') ? [words, ['DEL', words[1]!]] : [words];
  },
  georadius: storedDistance,
  georadiusbymember: storedDistance,
  geosearchstore: storedDistance,
  // They delete the expired keys that they meet by chance: a whole SCAN deletes all of them before.
  randomkey: () => [['SCAN', '0', 'COUNT', '100000'], ['RANDOMKEY']],
  scan: ({ documented }) => [['SCAN', '0', 'COUNT', '100000'], documented()],
  // Numbers so large that their fractions need more bits than x86's long double has would be rounded natively.
  incrbyfloat: ({ documented, dice }) => {
    const words = documented();
    return [['SET', words[1]!, values.small(dice)], words.map(notHuge)];
  },
  hincrbyfloat: ({ documented, dice }) => {
    const words = documented();
    return [['HSET', words[1]!, words[2]!, values.small(dice)], words.map(notHuge)];
  },
  ...Object.fromEntries(['incr', 'decr', 'incrby', 'decrby'].map((name) => [name, aside('wide:a', 2)])),
  hincrby: aside('wide:h', 3),
  restore: ({ dice }) => [restore(dice, 'RESTORE')],
  'restore-asking': ({ dice }) => [restore(dice, 'RESTORE-ASKING')],
  ...Object.fromEntries(
    ['zrangebylex', 'zrevrangebylex', 'zlexcount', 'zremrangebylex', 'zrange'].map((name) => [name, lexical(1)]),
  ),
  zrangestore: lexical(2),
  bitop: ({ documented, dice }) => [documented().with(1, dice.one(['AND', 'or', 'XOR', 'NOT', 'NAND']))],
};

/** `<dump:key>` is what DUMP gave natively, so what one server has written the other reads. */
function restore(dice: Dice, name: string): string[] {
  const group = dice.one(['string', 'list', 'set', 'hash', 'sorted-set', 'stream', 'hyperloglog']);
  const payload = dice.chance(0.85) ? `<dump:${dice.one(values.KEYS[group]!)}>` : values.word(dice);
  const options = dice.one([
    ['REPLACE'],
    ['REPLACE'],
    [],
    ['REPLACE', 'ABSTTL'],
    ['IDLETIME', '100'],
    ['FREQ', '5'],
    ['FREQ', '300'],
    ['x'],
  ]);
  return [name, values.key(dice, 'missing'), dice.one(['0', '0', '100000000', '-1', 'x']), payload, ...options];
}
