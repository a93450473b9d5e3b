import { dirname, join, normalize } from 'node:path/posix';

/** Reads a file of the built site by its path from the site's root, `_astro/page.js`. Throws if it is not there. */
export type ReadFile = (path: string) => string;

/** The scripts of one page, as paths from the site's root. Inline scripts are the page's own. */
export interface PageScripts {
  /** What the browser loads with the page. */
  withPage: ReadonlySet<string>;
  /** That, and what these scripts may load later: terminals, the worker. Without the search and what is on demand. */
  everything: ReadonlySet<string>;
  /** What each thing on demand that this page has would load beyond `everything`, by its name. */
  onDemand: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a reader asks for by itself and a terminal works without: a panel, the shell. It has a limit of its own. */
export interface OnDemand {
  what: string;
  /** The name of the file that begins it. */
  chunk: RegExp;
  /** What a page's markup has if a reader of that page can ask for it; default: every page. */
  neededBy?: RegExp;
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
];

/** Follows the imports of a page's scripts. `base` is the path under which the site is built. */
export function scriptsOf(html: string, read: ReadFile, base = '/', demand: readonly OnDemand[] = []): PageScripts {
  const never = CONDITIONS.filter(({ neededBy }) => !neededBy?.test(html)).map(({ chunk }) => chunk);
  const { closure, left } = closureWith(read, base, [...never, ...demand.map(({ chunk }) => chunk)]);
  const inline = [...html.matchAll(INLINE)].map(([, text = '']) => text).join('\n');
  const tags = references(html, TAG).map((path) => resolve(path, '', base));
  const withPage = closure([...tags, ...imports(inline, '', base, STATIC)], [STATIC]);
  const later = imports(inline, '', base, LATER);
  const everything = closure([...withPage, ...later], [STATIC, LATER]);
  // One may load another, which counts for itself: so what they meet is looked through until nothing more is met.
  const met = new Set(left);
  const onDemand = new Map<string, ReadonlySet<string>>();
  for (let count = -1; count < met.size;) {
    count = met.size;
    for (const { what, chunk, neededBy } of demand) {
      const roots = [...met].filter((path) => chunk.test(path));
      if (roots.length === 0 || (neededBy && !neededBy.test(html))) continue;
      const others = [...never, ...demand.filter((other) => other.what !== what).map((other) => other.chunk)];
      const inner = closureWith(read, base, others);
      const loaded = inner.closure(roots, [STATIC, LATER]);
      onDemand.set(what, new Set([...loaded].filter((path) => !everything.has(path))));
      for (const path of inner.left) met.add(path);
    }
  }
  return { withPage, everything, onDemand };
}

interface Closure {
  closure: (roots: readonly string[], kinds: readonly RegExp[]) => Set<string>;
  /** Everything that was met and left out. */
  left: ReadonlySet<string>;
}

function closureWith(read: ReadFile, base: string, without: readonly RegExp[]): Closure {
  const left = new Set<string>();
  const closure = (roots: readonly string[], kinds: readonly RegExp[]): Set<string> => {
    const found = new Set<string>();
    const queue = [...roots];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (found.has(path)) continue;
      if (without.some((chunk) => chunk.test(path ?? ''))) {
        left.add(path);
        continue;
      }
      found.add(path);
      const text = read(path);
      for (const kind of kinds) queue.push(...imports(text, dirname(path), base, kind));
    }
    return found;
  };
  return { closure, left };
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
