/** Writes THIRD_PARTY_NOTICES anew from the licence texts of everything that ships. Needs a built engine. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RELEASES } from '../wasm-redis/native/recipe.ts';
import { ROOT } from './build-engine/places.ts';
import { run } from './build-engine/run.ts';
import { unpackedSource } from './build-engine/source.ts';
import { packageSections } from './notices/packages.ts';
import { redisSections } from './notices/redis.ts';
import { textOf } from './notices/section.ts';
import { toolchainSections } from './notices/toolchain.ts';

const source = await unpackedSource(RELEASES[0]);
if (!source) throw new Error('there is no unpacked source of Redis: run npm run build:engine first');
const emscripten = (await run('em-config', ['EMSCRIPTEN_ROOT'])).trim();
const sections = [
  ...redisSections(source.folder),
  ...toolchainSections(emscripten, readFileSync(join(ROOT, 'LICENSE'), 'utf8')),
  ...packageSections(join(ROOT, 'node_modules')),
];
const head = `Redis Mastery is free under the MIT licence (see LICENSE). With it ships software of others, whose notices follow.

Redis is a registered trademark of Redis Ltd. This project is independent of Redis Ltd., and neither sponsored nor
endorsed by it.
`;
writeFileSync(join(ROOT, 'THIRD_PARTY_NOTICES'), `${head}\n${textOf(sections)}`);
console.log(`THIRD_PARTY_NOTICES: ${sections.length} works`);
