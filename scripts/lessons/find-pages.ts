import { globSync, readFileSync } from 'node:fs';
import { readPage, type Page } from './page.ts';

/** Reads the pages named, or all in `content/`; pages without anything to play are left out. Paths are relative. */
export function findPages(paths: readonly string[]): Page[] {
  const found = paths.length > 0 ? paths : globSync('content/**/*.{md,mdx}').sort();
  return found.map((path) => readPage(path, readFileSync(path, 'utf8'))).filter((page) => page.fences.length > 0);
}
