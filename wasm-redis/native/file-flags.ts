/** Which of upstream's files, and of ours, are compiled otherwise than the rest, and what that gave. */

/**
 * Files of upstream that no benchmark and no large data set feels: compiled for size. It saves 8 kB brotli in redis-cli
 * and 20 kB in redis-server, without a measurable difference in commands per second.
 */
const SMALL = [
  ...[
    'redis-cli',
    'cluster',
    'sentinel',
    'module',
    'debug',
    'config',
    'redis-check-rdb',
    'redis-check-aof',
    'replication',
  ],
  ...[
    'slowlog',
    'latency',
    'setproctitle',
    'childinfo',
    'syscheck',
    'sparkline',
    'memtest',
    'functions',
    'function_lua',
  ],
  ...[
    'geo',
    'geohash',
    'geohash_helper',
    'sort',
    'rand',
    'lolwut',
    'lolwut5',
    'lolwut6',
    'setcpuaffinity',
    'resp_parser',
  ],
  ...['call_reply', 'syncio', 'anet', 'sha256', 'defrag', 'tls', 'mt19937-64', 'localtime', 'bio', 'timeout'],
  ...[
    'loadlib',
    'liolib',
    'loslib',
    'ldblib',
    'lparser',
    'llex',
    'lcode',
    'ldump',
    'lundump',
    'ldebug',
    'linit',
    'lmathlib',
  ],
  ...['lua_bit', 'lua_cjson', 'lua_cmsgpack', 'lua_struct', 'strbuf', 'fpconv'],
];

/** Where a range of a list becomes a reply: a third faster when the small functions of that way are inlined (4 kB). */
const INLINED = ['networking', 'listpack', 'quicklist', 't_list'];

/** Lua's inner loops: 4 % more scripts per second when inlined. */
const INLINED_LUA = ['lapi', 'ldo', 'lstring', 'ltable', 'lvm'];
const MUCH_INLINING = ['-mllvm', '-inline-threshold=600'];

/**
 * Optimized as one, across files: a twelfth more scripts per second (8 kB). With more files than these it is the size
 * that grows. A file that defines what a `__wrap_` function stands in for cannot be one of them.
 */
const LINK_TIME = [
  ...['lgc', 'lobject', 'lfunc', 'ltm', 'lmem', 'lzio', 'lauxlib'],
  ...['eval', 'script', 'script_lua', 'sha1', 'call_reply', 'dict', 'sds', 'zmalloc', 'object', 'db'],
];

/** Where every command passes, and the types. */
const OFTEN_RUN = [
  ...['server', 'connection', 'acl', 'multi', 'blocked', 'evict', 'expire', 'tracking', 'notify'],
  ...['t_string', 't_set', 't_hash', 't_zset', 't_stream', 'rax', 'intset', 'siphash', 'adlist'],
];

/** Further flags for single files, upstream's and ours, by file name. */
export const FILE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  ...flagsFor(SMALL, ['-Oz']),
  ...flagsFor(INLINED, ['-O2', ...MUCH_INLINING]),
  ...flagsFor(INLINED_LUA, ['-flto', ...MUCH_INLINING]),
  ...flagsFor(LINK_TIME, ['-flto']),
  // Freestanding: its loops must not become calls of the functions that it defines.
  ...flagsFor(['memory'], ['-mbulk-memory', '-ffreestanding']),
};

/**
 * The same for a build with a profile. Where calls are counted, optimizing these as one costs 8 kB and gives 5 % (XADD); without
 * counts it costs 26 kB and gives nothing.
 */
export const PROFILED_FILE_FLAGS: Readonly<Record<string, readonly string[]>> = {
  ...FILE_FLAGS,
  ...flagsFor([...INLINED, ...OFTEN_RUN], ['-flto']),
};

function flagsFor(names: readonly string[], flags: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [`${name}.c`, flags]));
}
