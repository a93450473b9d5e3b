import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';
import type { SiteFiles } from './site-files.ts';

/** The service worker's file at the site's root. */
const SERVICE_WORKER_FILE = 'sw.js';

/**
 * Not kept for offline use: the service worker itself, what only hosts and search engines read, and the parts of
 * Pagefind that this site does not use.
 */
const NOT_KEPT =
  /^(sw\.js|_headers|sitemap.*\.xml|robots\.txt|pagefind\/(pagefind-(component-ui|modular-ui|ui|highlight)\.(js|css)|wasm\.unknown\.pagefind))$/;

/** After everything else has been written: lists the site's files and writes a service worker that keeps them. */
export function offline(): AstroIntegration {
  let base = '/';
  return {
    name: 'offline',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': async ({ dir, logger }) => {
        logger.info(await writeServiceWorker(fileURLToPath(dir), base));
      },
    },
  };
}

/** Writes the service worker of the finished site in a folder (its path ends in a slash). Resolves with what it keeps. */
export async function writeServiceWorker(folder: string, base: string): Promise<string> {
  const { files, totalBytes } = await listFiles(folder, base);
  await writeFile(folder + SERVICE_WORKER_FILE, await bundleServiceWorker(files));
  const count = Object.keys(files.hashes).length;
  return `${String(count)} files, ${(totalBytes / 1e6).toFixed(1)} MB, version ${files.version}`;
}

async function listFiles(folder: string, base: string): Promise<{ files: SiteFiles; totalBytes: number }> {
  const names: string[] = [];
  for await (const name of glob('**/*.*', { cwd: folder })) {
    if (!NOT_KEPT.test(name)) names.push(name);
  }
  let totalBytes = 0;
  const hashes: Record<string, string> = {};
  const all = createHash('sha256');
  for (const name of names.sort()) {
    const bytes = await readFile(folder + name);
    totalBytes += bytes.length;
    const hash = createHash('sha256').update(bytes).digest('hex');
    hashes[base + name.split('/').map(encodeURIComponent).join('/')] = hash;
    all.update(`${name} ${hash}\n`);
  }
  return { files: { version: all.digest('hex').slice(0, 12), base, hashes }, totalBytes };
}

/** One classic script: module service workers are younger than WebAssembly's features that the engine needs. */
async function bundleServiceWorker(files: SiteFiles): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define: { SITE_FILES: JSON.stringify(files) },
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: fileURLToPath(new URL('./service-worker.ts', import.meta.url)),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the service worker was not bundled into one file');
  return chunk.code;
}
