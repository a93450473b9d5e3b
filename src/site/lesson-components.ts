import type { Plugin } from 'vite';

const LESSON = /\/content\/docs\/lessons\/[^?]*\.mdx$/;
const COMPONENTS = '/src/components/lesson/index.ts';

/**
 * A Vite plugin that hands every lesson the components of `src/components/lesson`, so that none has to be imported. The
 * lines are appended, which keeps the line numbers of error messages.
 */
export function lessonComponents(): Plugin {
  return {
    name: 'lesson-components',
    // Before MDX is compiled.
    enforce: 'pre',
    transform: {
      filter: { id: LESSON },
      handler: (code) =>
        `${code}\n\nimport { lessonComponents } from '${COMPONENTS}';\nexport const components = lessonComponents;\n`,
    },
  };
}
