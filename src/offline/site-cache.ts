import { fileOf, isKeptOnVisit, lastKeptOnVisit, type SiteFiles } from './site-files.ts';

const PREFIX = 'site-';
/** Deployments whose files are kept beside the present one's, for pages that were loaded before it. */
const EARLIER_VERSIONS = 1;
const AT_ONCE = 6;

/**
 * The copies of the site in the browser's storage, one cache for each deployment, named by base path and version: on one
 * host several sites may live. A cache is complete or does not exist, as far as anybody can see; only what is kept on visit
 * comes later, and until then from the network.
 */
export class SiteCache {
  readonly #files: SiteFiles;
  #visit: Promise<void> | undefined;

  constructor(files: SiteFiles) {
    this.#files = files;
  }

  get #name(): string {
    return this.#prefix + this.#files.version;
  }

  get #prefix(): string {
    return `${PREFIX}${this.#files.base}@`;
  }

  /**
   * Fetches every file, except those that an earlier version has with the same contents. What is kept on visit is left
   * out, unless the earlier version has it. Rejects, leaving nothing, when one is missing or is not what it was when the
   * site was built: the host is then in the middle of a deployment.
   */
  async fill(): Promise<void> {
    const earlier = await this.#earlier();
    const last = lastKeptOnVisit(this.#files);
    const visited = (await Promise.all(earlier.map((cache) => cache.match(last)))).some((found) => found !== undefined);
    const paths = Object.keys(this.#files.hashes);
    try {
      await this.#keep(visited ? paths : paths.filter((path) => !isKeptOnVisit(path, this.#files)));
    } catch (error) {
      await caches.delete(this.#name);
      throw error;
    }
  }

  /**
   * Fetches what is kept on visit, unless it is there or on its way. Rejects when that does not work, offline for
   * instance; what has come stays, and the next visit goes on.
   */
  fillOnVisit(): Promise<void> {
    this.#visit ??= this.#keepOnVisit().catch((error: unknown) => {
      this.#visit = undefined;
      throw error;
    });
    return this.#visit;
  }

  async #keepOnVisit(): Promise<void> {
    const cache = await caches.open(this.#name);
    const last = lastKeptOnVisit(this.#files);
    if (await cache.match(last)) return;
    const had = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    const wanted = Object.keys(this.#files.hashes).filter((path) => isKeptOnVisit(path, this.#files));
    await this.#keep(wanted.filter((path) => path !== last && !had.has(path)));
    if (last in this.#files.hashes) await this.#keep([last]);
  }

  async #keep(paths: readonly string[]): Promise<void> {
    const earlier = await this.#earlier();
    const cache = await caches.open(this.#name);
    const waiting = [...paths];
    const fetchNext = async (): Promise<void> => {
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        const hash = this.#files.hashes[path] ?? '';
        await cache.put(path, (await sameFile(earlier, path, hash)) ?? (await fetchFile(path, hash)));
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
    } finally {
      waiting.length = 0;
    }
  }

  /** Deletes what no page can still need. */
  async tidy(): Promise<void> {
    for (const name of (await this.#earlierNames()).slice(EARLIER_VERSIONS)) await caches.delete(name);
  }

  /**
   * The response for an address, if the site has it. A page of an earlier deployment asks for assets that only
   * that one had; their names carry a hash, so they cannot be confused.
   */
  async match(pathname: string): Promise<Response | undefined> {
    const path = fileOf(pathname);
    if (path in this.#files.hashes) return caches.match(path, { cacheName: this.#name });
    for (const name of await this.#earlierNames()) {
      const found = await caches.match(path, { cacheName: name });
      if (found) return found;
    }
    return undefined;
  }

  async #earlier(): Promise<Cache[]> {
    return Promise.all((await this.#earlierNames()).map((name) => caches.open(name)));
  }

  /** The latest first. */
  async #earlierNames(): Promise<string[]> {
    const names = await caches.keys();
    return names.filter((name) => name.startsWith(this.#prefix) && name !== this.#name).reverse();
  }
}

/** The header under which a stored response keeps the hash of its contents. */
const HASH_HEADER = 'x-content-hash';

async function sameFile(caches: readonly Cache[], path: string, hash: string): Promise<Response | undefined> {
  for (const cache of caches) {
    const found = await cache.match(path);
    if (found?.headers.get(HASH_HEADER) === hash) return found;
  }
  return undefined;
}

async function fetchFile(path: string, hash: string): Promise<Response> {
  // By its folder: some hosts redirect from a page's file to that.
  const response = await fetch(path.replace(/\/index\.html$/, '/'), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`expected ${path}, found ${String(response.status)}. Is the deployment complete?`);
  const bytes = await response.arrayBuffer();
  const found = hexadecimal(await crypto.subtle.digest('SHA-256', bytes));
  if (found !== hash)
    throw new Error(`expected ${path} with hash ${hash}, found ${found}. Is the deployment complete?`);
  const headers = new Headers({ [HASH_HEADER]: hash });
  for (const name of ['content-type', 'content-security-policy', 'x-content-type-options', 'referrer-policy']) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set('content-length', String(bytes.byteLength));
  return new Response(bytes, { headers });
}

function hexadecimal(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
