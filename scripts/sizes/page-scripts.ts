import { dirname, join, normalize } from 'node:path/posix';

/** Reads a file of the built site by its path from the site's root, `_astro/page.js`. Throws if it is not there. */
export type ReadFile = (path: string) => string;

/** The scripts of one page, as paths from the site's root. Inline scripts are the page's own. */
export interface PageScripts {
  /** What the browser loads with the page. */
  withPage: ReadonlySet<string>;
  /** That, and what these scripts may load later: terminals, the worker. Without the search. */
  everything: ReadonlySet<string>;
}

const TAG =
  /<script\b[^>]*\bsrc=["']([^"']+)["'][^>]*>|<link\b[^>]*\brel=["']modulepreload["'][^>]*\bhref=["']([^"']+)["']/g;
const INLINE = /<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g;
const STATIC = /\b(?:import|export)\b\s*(?:[\w*{}$\s,]+?\bfrom\b\s*)?["'`]([^"'`]+\.js)["'`]/g;
const LATER = /\bimport\(\s*["'`]([^"'`]+\.js)["'`]|\bnew URL\(\s*["'`]([^"'`]+\.js)["'`]/g;

/** What a page never loads, or only if its markup has what asks for it. */
const CONDITIONS: readonly { chunk: RegExp; neededBy?: RegExp }[] = [
  { chunk: /pagefind/ },
  { chunk: /page-lesson/, neededBy: /class="redis-run"/ },
  // What a reader asks for one by one, and a terminal works without: Check and Answer, the log, the shell, wide characters.
  { chunk: /page-exercise|page-question|lesson-entry|run-line|\/shell\.|addon-unicode/ },
];

/** Follows the imports of a page's scripts. `base` is the path under which the site is built. */
export function scriptsOf(html: string, read: ReadFile, base = '/'): PageScripts {
  const left = CONDITIONS.filter(({ neededBy }) => !neededBy?.test(html)).map(({ chunk }) => chunk);
  const closure = closureWith(read, base, left);
  const inline = [...html.matchAll(INLINE)].map(([, text = '']) => text).join('\n');
  const tags = references(html, TAG).map((path) => resolve(path, '', base));
  const withPage = closure([...tags, ...imports(inline, '', base, STATIC)], [STATIC]);
  const later = imports(inline, '', base, LATER);
  return { withPage, everything: closure([...withPage, ...later], [STATIC, LATER]) };
}

type Closure = (roots: readonly string[], kinds: readonly RegExp[]) => Set<string>;

function closureWith(read: ReadFile, base: string, left: readonly RegExp[]): Closure {
  return (roots, kinds) => {
    const found = new Set<string>();
    const queue = [...roots];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (found.has(path) || left.some((chunk) => chunk.test(path ?? ''))) continue;
      found.add(path);
      const text = read(path);
      for (const kind of kinds) queue.push(...imports(text, dirname(path), base, kind));
    }
    return found;
  };
}

function imports(text: string, folder: string, base: string, kind: RegExp): string[] {
  return references(text, kind).map((path) => resolve(path, folder, base));
}

function references(text: string, kind: RegExp): string[] {
  return [...text.matchAll(kind)].flatMap(([, first, second]) => first ?? second ?? []);
}

function resolve(path: string, folder: string, base: string): string {
  if (path.startsWith(base)) return path.slice(base.length);
  return normalize(join(folder, path)).replace(/^\//, '');
}
