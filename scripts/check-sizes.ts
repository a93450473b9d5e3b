/** Measures the WebAssembly files and the JavaScript of every page of the built site, and fails beyond the limits. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OUTPUT, ROOT } from './build-engine/places.ts';
import type { BuildRecord } from './build-engine/build.ts';
import { ENGINE_LIMITS, ON_DEMAND_LIMITS, PAGE_LIMITS, reportLimits, type Limit } from './sizes/limits.ts';
import { scriptsOf } from './sizes/page-scripts.ts';

const SITE = join(ROOT, 'dist');

const record = JSON.parse(readFileSync(join(OUTPUT, 'build.json'), 'utf8')) as BuildRecord;
const engine = Object.entries(ENGINE_LIMITS).map(([file, limit]): Limit => {
  const sizes = record.files[file];
  if (!sizes) throw new Error(`build.json knows no ${file}: run npm run build:engine`);
  return { what: `${file}, brotli`, bytes: sizes.brotli, limit };
});

const read = (path: string): string => readFileSync(join(SITE, path), 'utf8');
const zipped = new Map<string, number>();
const gzipOf = (path: string): number => {
  const known = zipped.get(path) ?? gzipSync(read(path), { level: 9 }).length;
  zipped.set(path, known);
  return known;
};
const sum = (paths: ReadonlySet<string>): number => [...paths].reduce((bytes, path) => bytes + gzipOf(path), 0);

/** The most that a page would load of it. */
const onDemand = new Map<string, number>();

const pages = globSync('**/*.html', { cwd: SITE })
  .sort()
  .flatMap((page): Limit[] => {
    const scripts = scriptsOf(read(page), read, process.env['BASE'], ON_DEMAND_LIMITS);
    const { withPage, everything } = scripts;
    for (const [what, paths] of scripts.onDemand) onDemand.set(what, Math.max(onDemand.get(what) ?? 0, sum(paths)));
    const all = (name: string, bytes: number, limit: number): Limit => ({
      what: `${page}, ${name}, gzip`,
      bytes,
      limit,
    });
    return [
      all('scripts as loaded', sum(withPage), PAGE_LIMITS.closed),
      all('scripts with the terminal open', sum(everything), PAGE_LIMITS.open),
    ];
  });

const asked = ON_DEMAND_LIMITS.map(({ what, chunk, limit }): Limit => {
  const bytes = onDemand.get(what);
  if (bytes === undefined) throw new Error(`no page loads ${chunk.source}, of which limits.ts says: ${what}`);
  return { what: `${what}, on demand, gzip`, bytes, limit };
});

const { lines, failed } = reportLimits(pages.length > 0 ? [...engine, ...asked, ...pages] : []);
for (const line of lines) console.log(line);
if (failed > 0) process.exitCode = 1;
