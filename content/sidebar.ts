import type { StarlightUserConfig } from '@astrojs/starlight/types';

/** The order of the course. A page's address is its slug, so moving a page in this list never breaks a link. */
export const sidebar: NonNullable<StarlightUserConfig['sidebar']> = [
  {
    label: 'Start here',
    items: [{ label: 'Playground', slug: 'playground' }],
  },
  {
    label: 'Fundamentals',
    items: ['lessons/what-is-redis', 'lessons/redis-cli'],
  },
  {
    label: 'Core data structures',
    items: ['lessons/strings'],
  },
];
