/**
 * What is built, and with which flags: the tables that a person edits. How it is done is in scripts/build-engine/.
 *
 * The lists of upstream's object files are not here: they come from upstream's own Makefiles, so that another version
 * brings its own. Nor are the lists for `--wrap`: a program wraps what its C files define as `__wrap_...`.
 */
import { BLOCKING_IMPORTS } from './blocking-imports.ts';

export { FILE_FLAGS, PROFILED_FILE_FLAGS } from './file-flags.ts';

/** One version of Redis, and where its source comes from. */
export interface Release {
  name: string;
  version: string;
  /** Debian's source package and the suite that carries this version. */
  debian: { package: string; suite: string };
  /** Upstream's own release, the second way. */
  url: string;
  /** sha256 of the tarballs that are accepted. Debian repacks upstream's, so there are two. */
  tarballs: { debian: string; upstream: string };
  /** File of this folder: how often everything ran in `npm run profile:engine`. The compiler optimizes by it. */
  profile?: string;
}

export const RELEASES: readonly [Release, ...Release[]] = [
  {
    name: 'redis',
    version: '7.0.15',
    debian: { package: 'redis', suite: 'bookworm' },
    url: 'https://download.redis.io/releases/redis-7.0.15.tar.gz',
    tarballs: {
      debian: '4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982',
      upstream: '98066f5363504b26c34dd20fbcc3c957990d764cdf42576c836fc021073f4341',
    },
    profile: 'redis-7.0.15.proftext',
  },
];

/** A library in upstream's `deps/`. One that a version does not have is left out. */
export interface Library {
  /** Folder of the sources, below `deps/`. */
  folder: string;
  /** Variables of the Makefile in that folder which list the objects; or the source files themselves. */
  objects: { makefile: readonly string[] } | { files: readonly string[] };
  flags: readonly string[];
}

export const LIBRARIES = {
  hiredis: { folder: 'hiredis', objects: { makefile: ['OBJ'] }, flags: [] },
  linenoise: { folder: 'linenoise', objects: { files: ['linenoise.c'] }, flags: [] },
  lua: {
    folder: 'lua/src',
    objects: { makefile: ['CORE_O', 'LIB_O'] },
    flags: ['-DLUA_ANSI', '-DENABLE_CJSON_GLOBAL', '-DREDIS_STATIC=', '-DLUA_USE_MKSTEMP'],
  },
  hdr_histogram: {
    folder: 'hdr_histogram',
    objects: { files: ['hdr_histogram.c'] },
    flags: ['-DHDR_MALLOC_INCLUDE="hdr_redis_malloc.h"'],
  },
  // Redis 8 only.
  fpconv: { folder: 'fpconv', objects: { files: ['fpconv_dtoa.c'] }, flags: [] },
  fast_float: { folder: 'fast_float', objects: { files: ['fast_float_strtod.cpp'] }, flags: [] },
} as const satisfies Record<string, Library>;
export type LibraryName = keyof typeof LIBRARIES;

/** Our C files that every program has. */
const EVERY_PROCESS = [
  'clock.c',
  'descriptor.c',
  'memory.c',
  'process.c',
  'resolver.c',
  'sort.c',
  'system_call.c',
] as const;

export interface Program {
  /** The variable of upstream's `src/Makefile` that lists the objects. */
  objects: string;
  /** What none of its versions uses costs nothing: the linker leaves it out. */
  libraries: readonly LibraryName[];
  /** C files of this folder. */
  native: readonly string[];
  /** After the common flags: the last one of a kind counts. */
  linkFlags?: readonly string[];
  /** Imports at which the program can be suspended; undefined for one that never blocks. */
  asyncify?: readonly string[];
}

export const PROGRAMS = {
  'redis-server': {
    objects: 'REDIS_SERVER_OBJ',
    libraries: ['hiredis', 'lua', 'hdr_histogram', 'fpconv', 'fast_float'],
    native: [...EVERY_PROCESS, 'event_loop.c', 'fork.c', 'malloc.c', 'module_loader.c', 'script_digest.c', 'threads.c'],
    // The deepest that Lua lets a reply be (luaReplyToRedisReply, LUAI_MAXCSTACK levels) takes 1.2 MB.
    linkFlags: ['-sINITIAL_MEMORY=4MB', '-sTOTAL_STACK=1536KB'],
  },
  'redis-cli': {
    objects: 'REDIS_CLI_OBJ',
    libraries: ['hiredis', 'linenoise', 'hdr_histogram', 'fpconv', 'fast_float'],
    native: EVERY_PROCESS,
    linkFlags: ['-Oz', '-sINITIAL_MEMORY=2MB'],
    asyncify: BLOCKING_IMPORTS,
  },
  'redis-benchmark': {
    objects: 'REDIS_BENCHMARK_OBJ',
    libraries: ['hiredis', 'hdr_histogram', 'fpconv', 'fast_float'],
    native: EVERY_PROCESS,
    linkFlags: ['-sINITIAL_MEMORY=2MB'],
    asyncify: BLOCKING_IMPORTS,
  },
} as const satisfies Record<string, Program>;

/** Headers of this folder that are force-included when these upstream files are compiled. */
export const FORCE_INCLUDE: Readonly<Record<string, readonly string[]>> = {
  'fork.h': ['aof.c', 'module.c', 'rdb.c'],
  'command_time.h': ['script.c', 't_stream.c'],
  'script_digest.h': ['eval.c'],
};

/**
 * Compiling anything. longjmp by WebAssembly exceptions spares every protected Lua call two trips through JavaScript.
 * Bulk memory is left to memory.c: as an instruction in every place it is slow for a few bytes.
 */
export const COMPILE_FLAGS = ['-O3', '-sSUPPORT_LONGJMP=wasm', '-D_GNU_SOURCE'] as const;

/** Compiling upstream's files. `HAVE_EPOLL` because the host offers epoll; warnings are upstream's business. */
export const UPSTREAM_FLAGS = ['-DMALLOC=libc', '-DHAVE_EPOLL=1', '-w'] as const;

/** Compiling the files of this folder. */
export const NATIVE_FLAGS = ['-Wall', '-Wextra'] as const;

export const C_STANDARD = '-std=gnu11';

/**
 * Without `PRINTF_LONG_DOUBLE` INCRBYFLOAT prints wrong digits. Undefined symbols become imports: the kernel's. The stack
 * comes first, so one that overflows is out of bounds: a trap. Behind the data it would run into them, silently.
 */
export const LINK_FLAGS = [
  '-O3',
  '-mbulk-memory',
  '-sSUPPORT_LONGJMP=wasm',
  '-sSTANDALONE_WASM=1',
  '-sWASM_BIGINT=1',
  '-sALLOW_MEMORY_GROWTH=1',
  '-sPRINTF_LONG_DOUBLE=1',
  '-sTOTAL_STACK=512KB',
  '-Wl,--stack-first',
  '-sERROR_ON_UNDEFINED_SYMBOLS=0',
  '-sWARN_ON_UNDEFINED_SYMBOLS=0',
] as const;

/** Post-processing of a program with `asyncify`. */
export const ASYNCIFY_FLAGS = [
  '-O2',
  '--asyncify',
  '--enable-bulk-memory',
  '--enable-mutable-globals',
  '--enable-sign-ext',
] as const;
