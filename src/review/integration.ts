import type { AstroIntegration } from 'astro';

/** The cards of each lesson as a file of their own, so that a review loads those of the lessons that are due. */
export function reviewCards(): AstroIntegration {
  return {
    name: 'review-cards',
    hooks: {
      'astro:config:setup': ({ injectRoute }) =>
        injectRoute({ pattern: '/review/[lesson].json', entrypoint: './src/review/lesson-cards.ts', prerender: true }),
    },
  };
}
