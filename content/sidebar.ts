import type { StarlightUserConfig } from '@astrojs/starlight/types';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { checkWritten, courseSidebar } from '../src/paths/course-sidebar.ts';
import { partSchema } from '../src/paths/schema.ts';
import curriculum from './curriculum.json' with { type: 'json' };

const parts = curriculum.map((part) => partSchema.parse(part));
const written = new Set(
  globSync('content/docs/lessons/*.{md,mdx}').map((file) => basename(file).replace(/\.mdx?$/, '')),
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
      { label: 'Playground', slug: 'playground' },
      { label: 'Commands', link: '/commands/' },
    ],
  },
  ...courseSidebar(parts, written),
];
