import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, PATH_WITH_PROGRAMS, ROOT } from '../build-engine/places.ts';
import { outcomeOf, SetupError } from '../build-engine/run.ts';
import type { Step } from './step.ts';

/** What the built site is made from. Whatever else is in the repository does not change it. */
const FOLDERS = ['content', 'public', 'src', 'wasm-redis'];
const FRONT_PAGE = join(ROOT, 'dist/index.html');
const STAMP = join(CACHE, 'site.stamp');

/** The site in dist/, with the offline files and checked links. */
export const site: Step = {
  name: 'site',
  found: async () => {
    if (!existsSync(STAMP) || !existsSync(FRONT_PAGE)) return undefined;
    return (await readFile(STAMP, 'utf8')) === (await stamp(await inputs())) ? 'up to date' : undefined;
  },
  make: async () => {
    const before = await inputs();
    const env = { ...process.env, PATH: PATH_WITH_PROGRAMS };
    const { code, stdout, stderr } = await outcomeOf('astro', ['build'], { cwd: ROOT, env });
    const log = join(CACHE, 'logs/site.log');
    await mkdir(join(CACHE, 'logs'), { recursive: true });
    await writeFile(log, stdout + stderr);
    if (code !== 0) throw new SetupError(`astro build failed, the whole log is in ${log}:\n${tailOf(stdout + stderr)}`);
    await writeFile(STAMP, await stamp(before));
    return `${/(\d+) page\(s\) built/.exec(stdout)?.[1] ?? 'all'} pages built`;
  },
};

/** The inputs and the time of the build: another build in dist/, with another base for instance, is not this one. */
async function stamp(inputs: string): Promise<string> {
  return `${inputs} ${(await stat(FRONT_PAGE)).mtimeMs}\n`;
}

/** One hash of the names and contents of everything that goes into the site. */
async function inputs(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([process.env['BASE'], process.env['SITE']]));
  const top = (await readdir(ROOT, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  const below = await Promise.all(
    FOLDERS.map(async (folder) => {
      const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    }),
  );
  for (const file of [...top.map((name) => join(ROOT, name)), ...below.flat()].sort()) {
    if (file.endsWith('.test.ts')) continue;
    hash.update(`\n${file.slice(ROOT.length)}\n`);
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

function tailOf(text: string): string {
  return text.trim().split('\n').slice(-30).join('\n');
}
