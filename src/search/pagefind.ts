/** The part of Pagefind's interface that this site uses. The bundle is made by the build, beside the pages. */
export interface Pagefind {
  init(): Promise<void>;
  /** Null when a later search has taken this one's place. */
  debouncedSearch(term: string, options: object, delayMs: number): Promise<{ results: PagefindResult[] } | null>;
}

export interface PagefindResult {
  id: string;
  data(): Promise<FoundPage>;
}

export interface FoundPage {
  url: string;
  meta: { title?: string };
  /** The same page by its headings, best first. Excerpts are escaped HTML with `<mark>` around what was found. */
  sub_results: { title: string; url: string; excerpt: string }[];
}

let loading: Promise<Pagefind> | undefined;

/** Loads the search index of the site, once. Rejects if it cannot be fetched; a later call tries again. */
export function loadPagefind(base: string): Promise<Pagefind> {
  loading ??= load(`${base}pagefind/pagefind.js`);
  return loading;
}

async function load(url: string): Promise<Pagefind> {
  try {
    const pagefind = (await import(/* @vite-ignore */ url)) as Pagefind;
    await pagefind.init();
    return pagefind;
  } catch (error) {
    loading = undefined;
    throw error;
  }
}
