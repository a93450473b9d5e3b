import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { checkWritten, courseSidebar } from '../src/paths/course-sidebar.ts';
import { partSchema } from '../src/paths/schema.ts';
import curriculum from './curriculum.json' with { type: 'json' };

const parts = curriculum.map((part) => partSchema.parse(part));
const written = new Set(
  globSync('content/docs/lessons/*.{md,mdx}')
    // A draft has no page, except in `npm run dev` for whoever knows its address.
    .filter((file) => !/^draft: true$/m.test(readFileSync(file, 'utf8').split(/^---$/m)[1] ?? ''))
    .map((file) => basename(file).replace(/\.mdx?$/, '')),
);
checkWritten(parts, written);

/**
 * The order of the course is `curriculum.json`; a lesson appears as soon as its file is there. A page's address is its
 * slug, so moving a lesson to another part never breaks a link.
 */
export const sidebar: NonNullable<StarlightUserConfig['sidebar']> = [
  {
    label: 'Your course',
    items: [
      { label: 'Paths', slug: 'paths' },
      { label: 'Progress', slug: 'progress' },
      { label: 'Review', slug: 'review' },
      { label: 'Learning log', slug: 'log' },
      { label: 'Playground', slug: 'playground' },
      { label: 'Lab', slug: 'lab' },
      { label: 'Commands', link: '/commands/' },
    ],
  },
  ...courseSidebar(parts, written),
];
