import { isError, type Reply, render, wordsOf } from './reply.ts';

/** What may differ in the replies of some commands, and why. Replies of all other commands are equal to the byte. */
export interface Rule {
  commands: readonly string[];
  reason: string;
  /** Replies that are both no errors; errors are compared to the byte, but for `REFUSALS`. */
  same: (native: Reply, ours: Reply, args: readonly string[]) => boolean;
}

/** Between two looks at the clock, in milliseconds. A busy computer is slow, and a key has years. */
const CLOCK_TOLERANCE_MS = 20_000;

const equal = (a: Reply, b: Reply): boolean => render(a) === render(b);

/** The same text after what differs has been taken out. */
const view =
  (seen: (text: string, args: readonly string[]) => string): Rule['same'] =>
  (native, ours, args) =>
    seen(render(native), args) === seen(render(ours), args);

/** Kinds and sizes, not contents. */
function shape({ head, items }: Reply): string {
  if (items) return `${head}[${items.map(shape).join(' ')}]`;
  return /^[:,]/.test(head) ? head.charAt(0) : head;
}
const sameShape: Rule['same'] = (a, b) => shape(a) === shape(b);
const sameKind: Rule['same'] = (a, b) => a.head.charAt(0) === b.head.charAt(0);

/** Items in any order; `width` of them belong together. */
export function sortedItems({ items = [] }: Reply, width: number): string[] {
  const groups: string[] = [];
  for (let at = 0; at < items.length; at += width) {
    groups.push(
      items
        .slice(at, at + width)
        .map(render)
        .join(' '),
    );
  }
  return groups.sort();
}
const unordered =
  (width: 1 | 2 = 1): Rule['same'] =>
  (a, b) =>
    a.head === b.head && sortedItems(a, width).join('\n') === sortedItems(b, width).join('\n');
/** Everything inside in any order: nested maps of documentation. A status is a string: RESP2 and RESP3 mix them. */
function deeplySorted(reply: Reply): string {
  return reply.items ? `${reply.head}[${reply.items.map(deeplySorted).sort().join(' ')}]` : render(reply);
}
const deeplyUnordered: Rule['same'] = (a, b) => deeplySorted(a) === deeplySorted(b);

const near =
  (unitMs: number): Rule['same'] =>
  (a, b) => {
    const [native, ours] = [Number(a.head.slice(1)), Number(b.head.slice(1))];
    if (native < 0 || ours < 0) return native === ours;
    return Math.abs(native - ours) * unitMs <= CLOCK_TOLERANCE_MS;
  };

/** Numbers that are times: since the epoch in milliseconds, or how long something has been so. */
const withoutTimes = (text: string): string =>
  text
    .replace(/:1[6-9]\d{11}\b/g, ':time')
    .replace(/(\$"(?:idle|inactive|seen-time|pel-count-time)" ):-?\d+/g, '$1:time')
    .replace(/\$"(?:1[6-9]\d{11})-(\d+)"/g, '$"time-$1"');

const withoutClientFields = (text: string): string =>
  text
    .replace(/id=\d+ [^\n]*? name=control [^\n]*\n/, '')
    .replace(
      /\b(addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|multi-mem|rbs|rbp|obl|oll|omem|tot-mem|events)=[^ ]*/g,
      '$1',
    );

/** Cursor and elements of a scan. */
const scan =
  (width: 1 | 2): Rule['same'] =>
  (a, b, args) => {
    const [nativeCursor, nativeItems] = a.items ?? [];
    const [oursCursor, oursItems] = b.items ?? [];
    if (!nativeItems || !oursItems || !nativeCursor || !oursCursor) return equal(a, b);
    const start = args[0]?.toUpperCase() === 'SCAN' ? args[1] : args[2];
    const whole = start === '0' && nativeCursor.text === '0' && oursCursor.text === '0';
    return whole ? unordered(width)(nativeItems, oursItems, args) : sameKind(nativeItems, oursItems, args);
  };

const infoNames = (text: string): string =>
  text
    .split(/\\r\\n/)
    .map((line) => line.replace(/:.*/, ''))
    .filter((name) => !/^(allocator_|active_defrag|cmdstat_|errorstat_|latency_percentiles_|db\d)/.test(name))
    .join('\n');

export const RULES: readonly Rule[] = [
  {
    commands: [
      'smembers',
      'sinter',
      'sunion',
      'sdiff',
      'hkeys',
      'hvals',
      'keys',
      'pubsub|channels',
      'pubsub|shardchannels',
      'acl|users',
      'acl|cat',
      'config|get',
    ],
    reason: 'The order is that of a hash table, whose seed is drawn at start.',
    same: (a, b, args) => (args[0]?.toUpperCase() === 'CONFIG' ? sameConfiguration(a, b) : unordered()(a, b, args)),
  },
  {
    commands: ['hgetall'],
    reason: 'The order is that of a hash table, whose seed is drawn at start. A field keeps its value.',
    same: unordered(2),
  },
  {
    commands: ['command', 'command|docs', 'command|info', 'command|list', 'function|list', 'module|list'],
    reason: 'Tables of commands and functions are hash tables, at every level.',
    same: deeplyUnordered,
  },
  {
    commands: ['scan', 'sscan'],
    reason:
      'A cursor is a place in a hash table, whose seed is drawn at start. A scan that is complete has all elements.',
    same: scan(1),
  },
  { commands: ['hscan', 'zscan'], reason: 'As SCAN; two items belong together.', same: scan(2) },
  {
    commands: ['srandmember', 'hrandfield', 'zrandmember', 'spop', 'randomkey'],
    reason: 'Chosen by chance. How many, and of what kind, is compared.',
    same: sameShape,
  },
  {
    commands: ['object|encoding'],
    reason: 'A number beyond 32 bits does not fit into the pointer of a 32-bit object, and is kept as a string.',
    same: (a, b) => a.text === 'int' && b.text === 'embstr',
  },
  {
    commands: ['sort', 'sort_ro'],
    reason: 'ALPHA compares up to the first zero byte, and the order of equals is that of each C library’s qsort.',
    same: (a, b) => render(a).includes('\\u0000') && a.items?.length === b.items?.length,
  },
  { commands: ['acl|genpass', 'lolwut'], reason: 'Drawn by chance.', same: sameKind },
  {
    commands: ['ttl', 'expiretime'],
    reason: 'Seconds by two clocks.',
    same: near(1000),
  },
  { commands: ['pttl', 'pexpiretime'], reason: 'Milliseconds by two clocks.', same: near(1) },
  { commands: ['time', 'lastsave', 'object|idletime'], reason: 'Times by two clocks.', same: sameShape },
  {
    commands: [
      'xadd',
      'xrange',
      'xrevrange',
      'xread',
      'xreadgroup',
      'xpending',
      'xinfo|stream',
      'xinfo|consumers',
      'xinfo|groups',
      'xclaim',
      'xautoclaim',
      'debug',
    ],
    reason:
      'Ids from the clock, times of delivery and of idleness; DEBUG OBJECT has an address, DEBUG HELP what jemalloc can.',
    same: (a, b, args) =>
      withoutTimes(pendingWithoutIdle(a, args)) === withoutTimes(pendingWithoutIdle(b, args)) ||
      debugObject(a, b, args),
  },
  {
    commands: ['dump', 'function|dump'],
    reason:
      'A hash table is written in its order, and LZF finds repetitions by a table that it does not clear. What a payload means is compared by RESTORE.',
    same: sameKind,
  },
  {
    commands: ['client|list', 'client|info'],
    reason: 'Addresses, descriptors, ages, sizes in memory.',
    same: (a, b) => withoutClientFields(wordsOf(a) ?? '') === withoutClientFields(wordsOf(b) ?? ''),
  },
  {
    commands: ['info'],
    reason:
      'Almost everything is time, memory or the computer. Which fields there are is compared, without those of jemalloc.',
    same: view(infoNames),
  },
  {
    commands: ['memory|usage', 'memory|stats', 'memory|doctor'],
    reason: 'Bytes of a 32-bit process with another allocator.',
    same: sameKind,
  },
  {
    commands: ['memory|malloc-stats'],
    reason: 'Only jemalloc has them; every other allocator says so.',
    same: (_, ours) => ours.text === 'Stats not supported for the current allocator',
  },
  {
    commands: ['acl|log'],
    reason: 'Ages, times and client descriptions.',
    same: view((text) =>
      withoutClientFields(text)
        .replace(/(\$"(?:age-seconds|entry-id|timestamp-created|timestamp-last-updated)" )\S+/g, '$1time')
        .replace(/(\$"client-info" )\$"[^"]*"/g, '$1'),
    ),
  },
  { commands: ['latency|histogram'], reason: 'Durations.', same: sameKind },
  { commands: ['function|stats'], reason: 'Order of engines and durations.', same: deeplyUnordered },
];

/** Errors that are not the same to the byte. */
const REFUSALS = [
  {
    reason:
      'A table beyond 4 GB: natively it is too large for a limit, here for a size_t, which upstream checks first.',
    native: '-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
    ours: '-ERR Insufficient memory, failed allocating transient memory for LCS',
  },
];

/** Whether two errors say the same in different words. */
export const sameRefusal = (native: Reply, ours: Reply): boolean =>
  REFUSALS.some((refusal) => refusal.native === native.head && refusal.ours === ours.head);

/** The rule of a command, if it has one. */
export const ruleOf = (command: string): Rule | undefined => BY_COMMAND.get(command);
const BY_COMMAND = new Map(RULES.flatMap((rule) => rule.commands.map((name) => [name, rule] as const)));

/** What names the computer and the port is not the same, and Debian's server has TLS. */
const OWN_PARAMETERS = [
  'port',
  'bind',
  'dir',
  'pidfile',
  'logfile',
  'jemalloc-bg-thread',
  'maxclients',
  'bind-source-addr',
];
function sameConfiguration(a: Reply, b: Reply): boolean {
  const own = (line: string): boolean =>
    line.startsWith('$"tls-') || OWN_PARAMETERS.some((name) => line.startsWith(`$"${name}" `));
  const seen = (reply: Reply): string =>
    sortedItems(reply, 2)
      .filter((line) => !own(line))
      .join('\n');
  return seen(a) === seen(b);
}

/** XPENDING with a range: id, consumer, idle milliseconds, deliveries. Streams of XINFO FULL have times beside them. */
function pendingWithoutIdle(reply: Reply, args: readonly string[]): string {
  if (args[0]?.toUpperCase() !== 'XPENDING' || !reply.items) return render(reply);
  const items = reply.items.map((entry) =>
    entry.items?.length === 4 ? { ...entry, items: entry.items.with(2, { head: ':idle' }) } : entry,
  );
  return render({ ...reply, items });
}

function debugObject(a: Reply, b: Reply, args: readonly string[]): boolean {
  if (args[0]?.toUpperCase() !== 'DEBUG' || args[1]?.toUpperCase() === 'DIGEST-VALUE') return false;
  const seen = (reply: Reply): string =>
    render(reply).replace(/at:\S+|lru:\d+|lru_seconds_idle:\d+|\+MALLCTL.*?(?=\+[A-Z])/g, '');
  return !isError(a) && seen(a) === seen(b);
}
