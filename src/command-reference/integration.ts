import type { AstroIntegration } from 'astro';
import { engineCommands } from './engine-commands.ts';

/** The pages of the command reference: asks the engine for its commands before the build, and adds the two routes. */
export function commandReference(): AstroIntegration {
  return {
    name: 'command-reference',
    hooks: {
      'astro:config:setup': async ({ injectRoute }) => {
        await engineCommands();
        injectRoute({ pattern: '/commands', entrypoint: './src/command-reference/IndexPage.astro', prerender: true });
        injectRoute({
          pattern: '/commands/[slug]',
          entrypoint: './src/command-reference/CommandPage.astro',
          prerender: true,
        });
      },
    },
  };
}
