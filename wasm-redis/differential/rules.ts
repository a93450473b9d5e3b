import { type Reply, render, wordsOf } from './reply.ts';
import {
  view,
  sameShape,
  sameKind,
  unordered,
  deeplyUnordered,
  near,
  withoutTimes,
  withoutClientFields,
  withSortedRules,
  scan,
  infoNames,
  sameConfiguration,
  pendingWithoutIdle,
  debugObject,
} from './rule-views.ts';

/** What may differ in the replies of some commands, and why. Replies of all other commands are equal to the byte. */
export interface Rule {
  commands: readonly string[];
  reason: string;
  /** Replies that are both no errors; errors are compared to the byte, but for `REFUSALS`. */
  same: (native: Reply, ours: Reply, args: readonly string[]) => boolean;
}

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
    reason: 'The order is that of a hash table, whose seed is chosen at start.',
    same: (a, b, args) => (args[0]?.toUpperCase() === 'CONFIG' ? sameConfiguration(a, b) : unordered()(a, b, args)),
  },
  {
    commands: ['hgetall'],
    reason: 'The order is that of a hash table, whose seed is chosen at start. Each field keeps its value.',
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
      'A cursor is a position in a hash table, whose seed is chosen at start. A complete scan returns all elements.',
    same: scan(1),
  },
  { commands: ['hscan', 'zscan'], reason: 'As for SCAN; items come in pairs.', same: scan(2) },
  {
    commands: ['srandmember', 'hrandfield', 'zrandmember', 'spop', 'randomkey'],
    reason: 'Chosen at random. How many there are, and of what kind, is compared.',
    same: sameShape,
  },
  {
    commands: ['object|encoding'],
    reason: 'A number beyond 32 bits does not fit into the pointer of a 32-bit object, and is stored as a string.',
    same: (a, b) => a.text === 'int' && b.text === 'embstr',
  },
  {
    commands: ['sort', 'sort_ro'],
    reason: 'ALPHA compares up to the first zero byte, and equal elements of a set come in the order of a hash table.',
    same: (a, b, args) =>
      render(a).includes('\\u0000') &&
      (args.some((word) => word.toUpperCase() === 'LIMIT')
        ? a.items?.length === b.items?.length
        : unordered()(a, b, args)),
  },
  { commands: ['acl|genpass', 'lolwut'], reason: 'Chosen at random.', same: sameKind },
  {
    commands: ['ttl', 'expiretime'],
    reason: 'Seconds on two clocks.',
    same: near(1000),
  },
  { commands: ['pttl', 'pexpiretime'], reason: 'Milliseconds on two clocks.', same: near(1) },
  { commands: ['time', 'lastsave', 'object|idletime'], reason: 'Times on two clocks.', same: sameShape },
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
      'IDs from the clock, delivery and idle times; DEBUG OBJECT shows an address, DEBUG HELP what jemalloc offers.',
    same: (a, b, args) =>
      withoutTimes(pendingWithoutIdle(a, args)) === withoutTimes(pendingWithoutIdle(b, args)) ||
      debugObject(a, b, args),
  },
  {
    commands: ['dump', 'function|dump'],
    reason:
      'A hash table is written in its own order, and LZF finds repetitions with a table that it does not clear. What a payload means is compared with RESTORE.',
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
      'Almost everything depends on time, memory or the computer. Which fields there are is compared, apart from those of jemalloc.',
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
    commands: ['acl|list', 'acl|getuser'],
    reason: 'Rules about single commands come in the order of the command table, whose seed is chosen at start.',
    same: view(withSortedRules),
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
export const REFUSALS = [
  {
    reason: 'A table beyond 4 GB: natively it exceeds a limit, here it exceeds a size_t, which upstream checks first.',
    native: '-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
    ours: '-ERR Insufficient memory, failed allocating transient memory for LCS',
  },
];

/** Errors of one command that name the first of several, in the order of a hash table. */
export const FIRST_OF_SEVERAL = [
  {
    command: 'function|restore',
    reason: 'Of several libraries or functions that already exist, the first in the order of a hash table is named.',
    error: /^-ERR (Library|Function) \w+ already exists$/,
  },
];

/** Whether two errors of a command say the same in different words. */
export const sameRefusal = (native: Reply, ours: Reply, command: string): boolean =>
  REFUSALS.some((refusal) => refusal.native === native.head && refusal.ours === ours.head) ||
  FIRST_OF_SEVERAL.some(
    (refusal) => refusal.command === command && refusal.error.test(native.head) && refusal.error.test(ours.head),
  );

/** The rule of a command, if it has one. */
export const ruleOf = (command: string): Rule | undefined => BY_COMMAND.get(command);
const BY_COMMAND = new Map(RULES.flatMap((rule) => rule.commands.map((name) => [name, rule] as const)));
