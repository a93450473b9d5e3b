import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bytes as they lie there and as they travel. */
export interface Size {
  name: string;
  raw: number;
  gzip: number;
  brotli: number;
}

const BUILD = fileURLToPath(new URL('../build', import.meta.url));

/** The WebAssembly files of the build, by name. */
export function measureModules(): Promise<Size[]> {
  const names = globSync('*.wasm', { cwd: BUILD }).sort();
  return Promise.all(names.map((name) => measureFiles(name, [join(BUILD, name)])));
}

/** Files together, each packed by itself as a server would send it, as small as the formats allow. */
export async function measureFiles(name: string, paths: readonly string[]): Promise<Size> {
  const sizes = await Promise.all(paths.map(measureFile));
  const sum = (kind: 'raw' | 'gzip' | 'brotli'): number => sizes.reduce((total, size) => total + size[kind], 0);
  return { name, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

/** Pages share most of their scripts. */
const known = new Map<string, Promise<Omit<Size, 'name'>>>();

function measureFile(path: string): Promise<Omit<Size, 'name'>> {
  let size = known.get(path);
  if (!size) known.set(path, (size = pack(readFileSync(path))));
  return size;
}

async function pack(bytes: Buffer): Promise<Omit<Size, 'name'>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const zipped = await promisify(gzip)(bytes, { level: 9 });
  const brotli = await promisify(brotliCompress)(bytes, { params });
  return { raw: bytes.length, gzip: zipped.length, brotli: brotli.length };
}
