import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listCommands } from './command.ts';
import { engineCommands } from './engine-commands.ts';

const slugs = new Set(listCommands(await engineCommands()).map(({ slug }) => slug));

/** Links into the command reference that lead nowhere. The links validator knows only the pages of lessons. */
function findDeadLinks(markdown: string): string[] {
  return [...markdown.matchAll(/\]\((\/commands\/([^)#]*))(?:#[^)]*)?\)/g)].flatMap(([, link = '', page = '']) =>
    page === '' || (page.endsWith('/') && slugs.has(page.slice(0, -1))) ? [] : [link],
  );
}

test('every link of the course into the command reference leads to a command', () => {
  const files = globSync('content/**/*.{md,mdx}');
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => findDeadLinks(readFileSync(file, 'utf8')).map((link) => `${file}: ${link}`))).toEqual(
    [],
  );
});

test('a link to a command that does not exist is found, and one without its last slash', () => {
  expect(findDeadLinks('[a](/commands/get/) [b](/commands/config-get/#example) [c](/commands/)')).toEqual([]);
  expect(findDeadLinks('[a](/commands/fly/) [b](/commands/get)')).toEqual(['/commands/fly/', '/commands/get']);
});
