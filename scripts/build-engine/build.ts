import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '../../wasm-redis/native/recipe.ts';
import { buildAbi } from './abi.ts';
import { hashOf, sha256 } from './hash.ts';
import { make } from './make.ts';
import { NATIVE, OUTPUT } from './places.ts';
import { planBuild } from './plan.ts';
import { compiledProfile } from './profile.ts';
import { measure, type FileSizes } from './sizes.ts';
import { fetchSource, releaseFolder, unpackedSource, type Source } from './source.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';

/** Contents of build.json. */
export interface BuildRecord {
  redis: string;
  debianRevision: string | null;
  tarballSha256: string;
  emcc: string;
  wasmOpt: string;
  files: Record<string, FileSizes>;
}

/** What a build did. */
export interface BuildSummary {
  debianRevision: string | null;
  compiled: number;
  linked: number;
  /** False if there is a profile and no tool that can read it. */
  profiled: boolean;
}

/**
 * Brings wasm-redis/build up to date with the release, the recipe and our C files. Two may run at once.
 *
 * @param newest asks Debian again, even if a source is unpacked already.
 * @throws `SetupError` if a tool, the source or the network is missing, or if something does not compile.
 */
export async function buildEngine(release: Release, newest = false): Promise<BuildSummary> {
  const toolchain = await findToolchain();
  const source = (newest ? undefined : await unpackedSource(release)) ?? (await fetchSource(release));
  await mkdir(OUTPUT, { recursive: true });
  await writeAbi(toolchain);
  const profile =
    release.profile && (await compiledProfile(join(NATIVE, release.profile), releaseFolder(release), toolchain));
  const targets = planBuild({
    upstream: source.folder,
    native: NATIVE,
    sourceId: source.id,
    compiler: hashOf(toolchain.id, standIns()),
    read: (path) => readFileSync(path, 'utf8'),
    exists: existsSync,
    nativeHeaders: readdirSync(NATIVE).filter((name) => name.endsWith('.h') && !name.startsWith('abi-')),
    ...(profile ? { profile } : {}),
  });
  const objects = join(releaseFolder(release), 'objects');
  const { compiled, linked } = await make(targets, objects, toolchain);
  for (const { name, module } of targets) await install(`${name}.wasm`, await readFile(join(objects, module)));
  await writeRecord(release, source, toolchain);
  return {
    debianRevision: source.debianRevision,
    compiled,
    linked,
    profiled: !release.profile || profile !== undefined,
  };
}

/** The headers that stand in for some that a C library lacks. They count as part of the compiler. */
function standIns(): string {
  const folder = join(NATIVE, 'include');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.h'));
  return names
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

/** The compiler, the C files and the generator decide the numbers: abi.ts, written last, names them in its first line. */
async function writeAbi(toolchain: Toolchain): Promise<void> {
  const script = join(import.meta.dirname, 'abi.ts');
  const inputs = [join(NATIVE, 'abi.c'), join(NATIVE, 'abi-headers.h'), script].map((file) => readFileSync(file));
  const stamp = `// inputs ${hashOf(toolchain.id, standIns(), ...inputs).slice(0, 20)}\n`;
  const file = join(OUTPUT, 'abi.ts');
  if (existsSync(file) && (await readFile(file, 'utf8')).startsWith(stamp)) return;
  await mkdir(join(OUTPUT, 'abi'), { recursive: true });
  for (const [name, text] of await buildAbi(NATIVE, toolchain))
    await install(name, name === 'abi.ts' ? stamp + text : text);
}

async function writeRecord(release: Release, source: Source, toolchain: Toolchain): Promise<void> {
  const file = join(OUTPUT, 'build.json');
  const before = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as BuildRecord).files : {};
  const files: BuildRecord['files'] = {};
  for (const name of readdirSync(OUTPUT)
    .filter((name) => name.endsWith('.wasm'))
    .sort()) {
    const bytes = await readFile(join(OUTPUT, name));
    const hash = sha256(bytes);
    const known = Object.values(before).find((sizes) => sizes.sha256 === hash);
    files[name] = known ?? (await measure(bytes));
  }
  const record: BuildRecord = {
    redis: release.version,
    debianRevision: source.debianRevision,
    tarballSha256: source.tarballSha256,
    emcc: toolchain.emcc,
    wasmOpt: toolchain.wasmOpt,
    files,
  };
  await install('build.json', `${JSON.stringify(record, null, 2)}\n`);
  await install('module-bytes.ts', moduleBytes(files));
}

/** The one thing of the record that the worker needs: the rest would be loaded with every terminal. */
function moduleBytes(files: BuildRecord['files']): string {
  const fields = Object.entries(files).map(([name, { raw }]) => `  '${name.replace('.wasm', '')}': ${raw},\n`);
  return `// Generated by scripts/build-engine/build.ts\n\n/** The sizes of the modules, unpacked. */\nexport const MODULE_BYTES = {\n${fields.join('')}};\n`;
}

/** Writes a file of the output folder, complete or not at all, and not if it would not change. */
async function install(name: string, content: string | Uint8Array): Promise<void> {
  const path = join(OUTPUT, name);
  const bytes = Buffer.from(content);
  if (existsSync(path) && bytes.equals(await readFile(path))) return;
  await writeFile(`${path}.${process.pid}`, bytes);
  await rename(`${path}.${process.pid}`, path);
}
