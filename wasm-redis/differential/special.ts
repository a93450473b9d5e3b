import { type Dice } from './dice.ts';
import { scriptCall, functionName, library, libraryName } from './scripts.ts';
import * as values from './values.ts';

/** What a template has at hand. */
export interface Setting {
  dice: Dice;
  /** A call of the same command as COMMAND DOCS describes it. */
  documented: () => string[];
  /** A call of some command that reads or writes data, and that a script may make. */
  data: () => string[];
}

/** Makes the calls of a command, one or several that belong together, for one client. */
export type Template = (setting: Setting) => readonly (readonly string[])[];

const one =
  (...choices: readonly (readonly string[])[]): Template =>
  ({ dice }) => [dice.one(choices)];
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
const user = (dice: Dice): string => dice.one(['alice', 'bob', 'default', 'none']);
const RULES = [
  'on',
  'off',
  '+@all',
  '-@all',
  '~*',
  '~str:*',
  '%R~list:*',
  '&*',
  '&ch:*',
  'allkeys',
  'allchannels',
  'resetkeys',
  'resetchannels',
  '+get',
  '-set',
  '+config|get',
  '+@read',
  '-@dangerous',
  '>pw',
  '<pw',
  'nopass',
  'resetpass',
  'reset',
  '(+set ~x)',
  '(+get ~str:*)',
  'clearselectors',
  '+nosuch',
  '~',
  '#abc',
  'bad',
  'sanitize-payload',
  '+select|0',
];
const CONFIGURABLE = [
  'hash-max-listpack-entries',
  'hash-max-listpack-value',
  'list-max-listpack-size',
  'list-compress-depth',
  'set-max-intset-entries',
  'zset-max-listpack-entries',
  'zset-max-listpack-value',
  'stream-node-max-entries',
  'stream-node-max-bytes',
  'hll-sparse-max-bytes',
  'active-expire-effort',
] as const;
const NAMED = [
  'notify-keyspace-events',
  'maxmemory-samples',
  'lua-time-limit',
  'sanitize-dump-payload',
  'acl-pubsub-default',
  'lazyfree-lazy-user-del',
  'rdbcompression',
  'timeout',
  'no-such',
  'port',
  'databases',
] as const;
const SETTINGS: readonly (readonly string[])[] = [
  ['notify-keyspace-events', 'KEA'],
  ['notify-keyspace-events', 'Ex$'],
  ['notify-keyspace-events', ''],
  ['notify-keyspace-events', 'q'],
  ['maxmemory-samples', '0'],
  ['timeout', '-1'],
  ['databases', '3'],
  ['no-such', '1'],
  ['lazyfree-lazy-user-del', 'yes'],
  ['lazyfree-lazy-user-del', 'maybe'],
  ['sanitize-dump-payload', 'yes'],
  ['sanitize-dump-payload', 'clients'],
  ['list-max-listpack-size', '-2', 'list-compress-depth', '1'],
  ['list-compress-depth', '1', 'list-compress-depth', '2'],
  ['list-max-listpack-size', '-3'],
  ['active-expire-effort', '11'],
  ['rdbcompression', 'no'],
];

/** Every parameter that a sequence may change: it is set back before the next. */
export const CHANGED_PARAMETERS: readonly string[] = [...CONFIGURABLE, ...NAMED.slice(0, 8)];

/** Sorted by what is left to chance or time, then by what would take the servers out of the comparison. */
export const TEMPLATES: Readonly<Record<string, Template>> = {
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
  // A set that is not sorted has no order, so BY without * is for lists and sorted sets only.
  sort: ({ dice }) => [sort(dice, 'SORT')],
  sort_ro: ({ dice }) => [sort(dice, 'SORT_RO')],
  restore: ({ dice }) => [restore(dice, 'RESTORE')],
  'restore-asking': ({ dice }) => [restore(dice, 'RESTORE-ASKING')],
  eval: ({ dice, data }) => [scriptCall(dice, 'EVAL', data)],
  eval_ro: ({ dice, data }) => [scriptCall(dice, 'EVAL_RO', data)],
  evalsha: ({ dice, data }) => sha(dice, 'EVALSHA', data),
  evalsha_ro: ({ dice, data }) => sha(dice, 'EVALSHA_RO', data),
  fcall: ({ dice, data }) => [
    ['FUNCTION', 'LOAD', 'REPLACE', library(dice)],
    ['FCALL', ...functionCall(dice, data)],
  ],
  fcall_ro: ({ dice, data }) => [
    ['FUNCTION', 'LOAD', 'REPLACE', library(dice)],
    ['FCALL_RO', ...functionCall(dice, data)],
  ],
  'function|load': ({ dice }) => [['FUNCTION', 'LOAD', ...(dice.chance(0.5) ? ['REPLACE'] : []), library(dice)]],
  ...Object.fromEntries(
    ['zrangebylex', 'zrevrangebylex', 'zlexcount', 'zremrangebylex', 'zrange'].map((name) => [name, lexical(1)]),
  ),
  zrangestore: lexical(2),
  bitop: ({ documented, dice }) => [documented().with(1, dice.one(['AND', 'or', 'XOR', 'NOT', 'NAND']))],
  'command|getkeys': ({ data }) => [['COMMAND', 'GETKEYS', ...data()]],
  'command|getkeysandflags': ({ data }) => [['COMMAND', 'GETKEYSANDFLAGS', ...data()]],
  'client|caching': ({ dice }) => [
    ['CLIENT', 'TRACKING', 'ON', 'OPTIN'],
    ['CLIENT', 'CACHING', dice.one(['YES', 'NO', 'x'])],
    ['CLIENT', 'TRACKING', 'OFF'],
  ],
  'function|delete': ({ dice }) => [
    ['FUNCTION', 'LOAD', library(dice)],
    ['FUNCTION', 'DELETE', libraryName(dice)],
  ],
  'function|list': ({ dice }) => [
    ['FUNCTION', 'LIST', ...dice.one([[], ['WITHCODE'], ['LIBRARYNAME', libraryName(dice)]])],
  ],
  'function|restore': ({ dice }) => [
    [
      'FUNCTION',
      'RESTORE',
      dice.one(['<functions>', '<functions>', 'bad', '']),
      ...dice.one([[], ['FLUSH'], ['APPEND'], ['REPLACE'], ['x']]),
    ],
  ],
  'script|load': ({ dice, data }) => [['SCRIPT', 'LOAD', scriptCall(dice, 'EVAL', data)[1]!]],
  'script|debug': one(['SCRIPT', 'DEBUG', 'NO'], ['SCRIPT', 'DEBUG', 'maybe'], ['SCRIPT', 'DEBUG']),
  'config|get': ({ dice }) => [
    ['CONFIG', 'GET', dice.one(['*', 'max*', '*-entries', 'lua-*', ...CONFIGURABLE, ...NAMED])],
  ],
  'config|set': ({ dice }) => [
    [
      'CONFIG',
      'SET',
      ...(dice.chance(0.6)
        ? [dice.one(CONFIGURABLE), dice.one(['1', '2', '4', '16', '64', '128', '512', 'x'])]
        : dice.one(SETTINGS)),
    ],
  ],
  'config|rewrite': one(['CONFIG', 'REWRITE']),
  'acl|setuser': ({ dice }) => [
    [
      'ACL',
      'SETUSER',
      dice.one(['alice', 'bob', 'bad name']),
      ...Array.from({ length: dice.below(5) }, () => dice.one(RULES)),
    ],
  ],
  'acl|deluser': ({ dice }) => [['ACL', 'DELUSER', dice.one(['alice', 'bob', 'none', 'default'])]],
  'acl|getuser': ({ dice }) => [['ACL', 'GETUSER', user(dice)]],
  'acl|dryrun': ({ dice, data }) => [['ACL', 'DRYRUN', user(dice), ...data()]],
  'acl|cat': ({ dice }) => [['ACL', 'CAT', ...dice.one([[], ['string'], ['nosuch'], ['dangerous']])]],
  'acl|log': ({ dice }) => [['ACL', 'LOG', ...dice.one([[], ['2'], ['RESET'], ['x']])]],
  auth: ({ dice }) => [
    ['AUTH', ...dice.one([['pw'], ['alice', 'pw'], ['bob', 'pw'], ['default', ''], ['a', 'b', 'c']])],
  ],
  hello: ({ dice }) => [
    [
      'HELLO',
      ...dice.one([
        [],
        ['2'],
        ['3'],
        ['3'],
        ['4'],
        ['x'],
        ['3', 'SETNAME', 'n'],
        ['3', 'SETNAME', 'a b'],
        ['2', 'AUTH', 'alice', 'no'],
        ['3', 'x'],
      ]),
    ],
  ],
  'client|kill': one(
    ['CLIENT', 'KILL', 'ID', '<id:1>'],
    ['CLIENT', 'KILL', 'ID', '999999'],
    ['CLIENT', 'KILL', '1.2.3.4:5'],
    ['CLIENT', 'KILL', 'USER', 'nosuch'],
    ['CLIENT', 'KILL', 'TYPE', 'none'],
    ['CLIENT', 'KILL', 'ADDR', '1.2.3.4:5', 'SKIPME', 'yes'],
    ['CLIENT', 'KILL', 'SKIPME', 'x'],
  ),
  'client|pause': one(
    ['CLIENT', 'PAUSE', '0'],
    ['CLIENT', 'PAUSE', '-1'],
    ['CLIENT', 'PAUSE', 'x'],
    ['CLIENT', 'PAUSE', '0', 'WRITE'],
    ['CLIENT', 'PAUSE', '0', 'x'],
  ),
  'client|reply': one(['CLIENT', 'REPLY', 'ON'], ['CLIENT', 'REPLY', 'x']),
  'client|setname': ({ dice }) => [['CLIENT', 'SETNAME', dice.one(['', 'name', 'a b', 'x\n'])]],
  debug: ({ dice }) => [['DEBUG', ...debug(dice)]],
  pfdebug: ({ dice }) => [
    ['PFDEBUG', dice.one(['GETREG', 'DECODE', 'ENCODING', 'TODENSE', 'X']), values.key(dice, 'hyperloglog')],
  ],
  // Nobody is there to reply: what is tried is that it says so.
  migrate: ({ dice }) => [
    [
      'MIGRATE',
      '127.0.0.1',
      '1',
      values.key(dice, 'string'),
      '0',
      dice.one(['100', 'x']),
      ...dice.one([[], ['COPY'], ['REPLACE'], ['KEYS', 'a']]),
    ],
  ],
  replicaof: one(['REPLICAOF', 'NO', 'ONE'], ['REPLICAOF', 'x'], ['REPLICAOF', 'h', 'x']),
  slaveof: one(['SLAVEOF', 'NO', 'ONE'], ['SLAVEOF', 'x'], ['SLAVEOF', 'h', 'x']),
  replconf: one(
    ['REPLCONF', 'listening-port', '1234'],
    ['REPLCONF', 'capa', 'eof'],
    ['REPLCONF', 'nosuch', '1'],
    ['REPLCONF', 'x'],
  ),
  shutdown: one(['SHUTDOWN', 'ABORT'], ['SHUTDOWN', 'x'], ['SHUTDOWN', 'ABORT', 'NOW']),
  wait: one(['WAIT', '0', '0'], ['WAIT', 'x', '0'], ['WAIT', '0', '-1'], ['WAIT', '0', 'x']),
  lolwut: one(
    ['LOLWUT'],
    ['LOLWUT', 'VERSION', '5'],
    ['LOLWUT', 'VERSION', 'x'],
    ['LOLWUT', 'VERSION', '6', '10', '5'],
  ),
  // All channels at once are left in the order of a hash table.
  unsubscribe: ({ dice }) => [['UNSUBSCRIBE', dice.one(values.CHANNELS)]],
  punsubscribe: ({ dice }) => [['PUNSUBSCRIBE', dice.one(values.CHANNELS)]],
  sunsubscribe: ({ dice }) => [['SUNSUBSCRIBE', dice.one(values.CHANNELS)]],
};

function sort(dice: Dice, name: string): string[] {
  const group = dice.one(['list', 'list', 'set', 'sorted-set', 'string']);
  const key = dice.one(values.KEYS[group]!);
  const words = [name, key];
  if (dice.chance(0.3))
    words.push('BY', group === 'set' || dice.chance(0.6) ? dice.one(['num:*', 'hash:*->a', 'x*']) : 'nosort');
  if (dice.chance(0.3)) words.push('LIMIT', dice.one(['0', '1', '-1', 'x']), dice.one(['2', '10', '-1', '0']));
  if (dice.chance(0.3)) words.push('GET', dice.one(['#', 'num:*', 'hash:*->a', 'str:a']));
  if (dice.chance(0.3)) words.push(dice.one(['ASC', 'DESC']));
  // With ALPHA, what has no weight is equal, and the order of equals is that of each C library's qsort.
  if (!words.includes('BY') && dice.chance(0.5)) words.push('ALPHA');
  if (dice.chance(0.25)) words.push('STORE', values.key(dice, 'list'));
  return words;
}

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

function sha(dice: Dice, name: string, data: () => string[]): readonly string[][] {
  const [, script = '', ...rest] = scriptCall(dice, 'EVAL', data);
  if (dice.chance(0.2)) return [[name, 'ffffffffffffffffffffffffffffffffffffffff', ...rest]];
  return [
    ['SCRIPT', 'LOAD', script],
    [name, `<sha:${script}>`, ...rest],
  ];
}

function functionCall(dice: Dice, data: () => string[]): string[] {
  const name = functionName(dice);
  if (name === 'f7') return [name, '0', ...data()];
  return dice.chance(0.9)
    ? [name, '1', values.key(dice, 'string'), values.word(dice)]
    : [name, dice.one(['0', '-1', 'x', '3'])];
}

const SHAPES = [
  'string',
  'integer',
  'double',
  'null',
  'array',
  'set',
  'map',
  'attrib',
  'verbatim',
  'true',
  'false',
  'bignum',
  'x',
];

function debug(dice: Dice): string[] {
  switch (dice.below(8)) {
    case 0:
      return ['DIGEST-VALUE', values.key(dice, 'string'), values.key(dice, 'hash'), values.key(dice, 'stream')];
    case 1:
      return ['PROTOCOL', dice.one(SHAPES)];
    case 2:
      return ['ERROR', dice.one(['ERR x', 'MINE', 'a\nb', ''])];
    case 3:
      return ['SLEEP', '0'];
    case 4:
      return ['STRINGMATCH-LEN', '10', 'a*'];
    case 5:
      return ['QUICKLIST-PACKED-THRESHOLD', dice.one(['100b', '1k', '0', 'x'])];
    case 6:
      return ['RELOAD'];
    default:
      return dice.one([
        ['HELP'],
        ['NOSUCH'],
        [],
        ['LOG', 'x'],
        ['SET-ACTIVE-EXPIRE', '0'],
        ['POPULATE', '3', 'pop', '10'],
        ['DIGEST'],
      ]);
  }
}
