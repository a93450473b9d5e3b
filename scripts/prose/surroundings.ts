import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE, ROOT } from '../build-engine/places.ts';
import type { Surroundings } from './check-prose.ts';
import { readCurriculum } from './curriculum.ts';
import { readSpeller } from './spelling.ts';

/** What the repository holds, for `checkProse`. */
export function readSurroundings(): Surroundings {
  const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
  const commands = new Set(Object.keys(JSON.parse(text('src/expressive-code/command-table.json')) as object));
  const pages = new Set(
    globSync('content/docs/**/*.{md,mdx}', { cwd: ROOT })
      .filter((path) => !/^draft: true$/m.test(text(path).split(/^---$/m)[1] ?? ''))
      .map((path) => `/${path.replace(/^content\/docs\//, '').replace(/(?:\/?index)?\.mdx?$/, '/')}`),
  );
  const commandPages = new Set([...commands].map((name) => `/commands/${name.replace('|', '-')}/`));
  return {
    curriculum: readCurriculum(text('content/curriculum.json')),
    figures: new Set(globSync('content/figures/*.svg', { cwd: ROOT }).map((path) => basename(path, '.svg'))),
    exists: (path) => path === '/' || pages.has(path) || commandPages.has(path) || OTHER_PAGES.test(path),
    commands,
    source: readUpstream,
    speller: readSpeller(text('content/words.txt'), join(CACHE, 'spelling/known-words.txt')),
  };
}

/** Pages that are made from data: the reference's index and the paths. The link check of the build knows each. */
const OTHER_PAGES = /^\/(?:commands|paths|progress|review)\//;

/** A file of upstream's `src/`, if the engine has been built here. */
function readUpstream(file: string): string | undefined {
  const [folder] = globSync(join(CACHE, 'redis-7.0.15/source-*/src'));
  const path = join(folder ?? '', file);
  if (folder === undefined) return undefined;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
