import { delimiter, join } from 'node:path';

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');
/** Our C files. */
export const NATIVE = join(ROOT, 'wasm-redis/native');
/** What the build makes: the wasm files, abi.ts, build.json. */
export const OUTPUT = join(ROOT, 'wasm-redis/build');
/** Downloads, unpacked sources, objects, logs. Removing it costs time, nothing else. */
export const CACHE = join(ROOT, '.cache');
/** The programs of the dependencies first, Node 24 among them: as `npm run` sets it, for who is started otherwise. */
export const PATH_WITH_PROGRAMS = `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
