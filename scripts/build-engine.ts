/**
 * Builds the engine's WebAssembly files into wasm-redis/build: fetches the source of Redis if it is not there,
 * compiles what has changed, links, and writes abi.ts and build.json.
 *
 *     npm run build:engine                      what has changed
 *     npm run build:engine -- --newest          first asks Debian for a newer security revision
 *     npm run build:engine -- --release redis-7.0.15
 */
import { parseArgs } from 'node:util';
import { RELEASES } from '../wasm-redis/native/recipe.ts';
import { buildEngine } from './build-engine/build.ts';
import { SetupError } from './build-engine/run.ts';

const { values } = parseArgs({ options: { newest: { type: 'boolean', default: false }, release: { type: 'string' } } });
const names = RELEASES.map(({ name, version }) => `${name}-${version}`);
const wanted = RELEASES[values.release === undefined ? 0 : names.indexOf(values.release)];
const began = performance.now();
try {
  if (!wanted) throw new SetupError(`there is no release ${values.release}; the recipe has ${names.join(', ')}.`);
  const { debianRevision, compiled, linked } = await buildEngine(wanted, values.newest);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const what = `${wanted.name} ${debianRevision ?? wanted.version}`;
  console.log(`engine: ${what}, ${compiled} files compiled, ${linked} programs linked, ${seconds} s`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`engine: ${error.message}`);
  process.exitCode = 1;
}
