import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from './section.ts';

/** Packages of which code, styles or fonts reach the browser. Those that only build the site are not among them. */
export const SHIPPED: Readonly<Record<string, string>> = {
  '@xterm/xterm': 'The terminal.',
  '@xterm/addon-fit': 'The terminal.',
  '@xterm/addon-unicode11': 'The terminal.',
  '@xterm/addon-web-links': 'The terminal.',
  'idb-keyval': 'Keeps progress in the browser.',
  valibot: 'Checks a file of progress before it is imported.',
  comlink: 'Calls between the page and its worker.',
  unbash: 'Reads the lines of the shell.',
  astro: 'Code and styles in the pages.',
  '@astrojs/starlight': 'Code and styles in the pages.',
  'astro-expressive-code': 'Code blocks.',
  pagefind: 'The search.',
  vite: 'Loads the parts of a script.',
  '@fontsource-variable/ibm-plex-sans': 'A typeface.',
  '@fontsource/ibm-plex-mono': 'A typeface.',
};

/** Dependencies that leave nothing of themselves in the pages. */
export const BUILD_ONLY: readonly string[] = ['@astrojs/markdown-satteri', '@astrojs/mdx'];

/** The shipped packages with the licence texts that they carry. Throws if one is not installed or carries none. */
export function packageSections(modules: string): Section[] {
  return Object.entries(SHIPPED).map(([name, use]) => {
    const file = licenceFile(join(modules, name));
    if (file === undefined) throw new Error(`${name} carries no licence text, or is not installed`);
    // Vite appends the licences of what it needs to build: none of that ships.
    const [notice = ''] = readFileSync(file, 'utf8').split('# Licenses of bundled dependencies');
    return { title: name, use, notice };
  });
}

/** A file called LICENSE, with an ending or without, also in a folder of that name. */
function licenceFile(folder: string): string | undefined {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const entry = entries.find(({ name }) => /^licen[sc]e(\.\w+)?$/i.test(name));
  if (entry === undefined) return undefined;
  const path = join(folder, entry.name);
  return entry.isDirectory() ? licenceFile(path) : path;
}
