import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdersIn, noticesIn, type Section } from './section.ts';

/** Works of others inside Redis: where their notice stands, as a file of its own or in remarks of a source file. */
const WITHIN: readonly { title: string; files?: readonly string[]; sources?: readonly string[] }[] = [
  { title: 'Lua 5.1', files: ['deps/lua/COPYRIGHT'] },
  { title: 'lua-cjson', sources: ['deps/lua/src/lua_cjson.c', 'deps/lua/src/strbuf.c', 'deps/lua/src/fpconv.c'] },
  { title: 'Lua struct', sources: ['deps/lua/src/lua_struct.c'] },
  { title: 'Lua cmsgpack', sources: ['deps/lua/src/lua_cmsgpack.c'] },
  { title: 'Lua BitOp', sources: ['deps/lua/src/lua_bit.c'] },
  { title: 'hiredis', files: ['deps/hiredis/COPYING'] },
  { title: 'linenoise', sources: ['deps/linenoise/linenoise.c'] },
  { title: 'HdrHistogram_c', files: ['deps/hdr_histogram/LICENSE.txt'] },
  { title: 'LibLZF', sources: ['src/lzf_c.c'] },
  { title: 'CRC-64', sources: ['src/crc64.c', 'src/crcspeed.c'] },
  { title: 'CRC-16', sources: ['src/crc16.c'] },
  { title: 'SHA-1', sources: ['src/sha1.c'] },
  { title: 'SHA-256', sources: ['src/sha256.c'] },
  { title: 'SipHash', sources: ['src/siphash.c'] },
  { title: 'Mersenne Twister', sources: ['src/mt19937-64.c'] },
  { title: 'NetBSD qsort', sources: ['src/pqsort.c'] },
  { title: 'setproctitle', sources: ['src/setproctitle.c'] },
  { title: 'Geohash', sources: ['src/geohash.c', 'src/geohash_helper.c'] },
];

/** Redis and what it carries, read from an unpacked source. Throws if a file has gone or has lost its notice. */
export function redisSections(folder: string): Section[] {
  const read = (path: string): string => readFileSync(join(folder, path), 'latin1');
  const files = readdirSync(join(folder, 'src')).filter((name) => /\.[ch]$/.test(name));
  const holders = holdersIn(files.map((name) => read(`src/${name}`)));
  return [
    {
      title: 'Redis',
      use: 'Compiled to WebAssembly: redis-server, redis-cli and redis-benchmark.',
      notice: `${read('COPYING').trim()}\n\nHolders that its files name:\n\n${holders.join('\n')}`,
    },
    ...WITHIN.map(({ title, files = [], sources = [] }) => ({
      title,
      use: 'Inside Redis, and compiled with it.',
      notice: [...files.map(read), ...new Set(sources.map((path) => noticesIn(read(path))))].join('\n\n'),
    })),
  ];
}
