import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Builds the page in the folder `root` into a folder of its own, which is there for as long as `use` runs. Resolves with what
 * that gives; rejects as it does, or if the page cannot be built.
 */
export async function withBuiltPage<Result>(root: string, use: (dist: string) => Promise<Result>): Promise<Result> {
  const dist = await mkdtemp(join(tmpdir(), 'bench-page-'));
  try {
    const output = { outDir: dist, emptyOutDir: true };
    await build({ configFile: false, root, logLevel: 'warn', worker: { format: 'es' }, build: output });
    await writeFile(join(dist, '_headers'), '');
    return await use(dist);
  } finally {
    await rm(dist, { recursive: true });
  }
}
