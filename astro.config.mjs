import starlight from '@astrojs/starlight';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import linksValidator from 'starlight-links-validator';
import { sidebar } from './content/sidebar.ts';
import { commandReference } from './src/command-reference/integration.ts';
import { offline } from './src/offline/integration.ts';
import { reviewCards } from './src/review/integration.ts';
import { contentSecurityPolicy } from './src/security/integration.ts';
import { baseLinks } from './src/site/base-links.ts';
import { lessonComponents } from './src/site/lesson-components.ts';
import { lessonFences } from './src/site/lesson-fences.ts';
import { lessonWatch } from './src/site/lesson-watch.ts';
import { SHARED_FILES } from './src/site/shared-files.ts';

/** Where the site lives on its host: `BASE=/course/ npm run build` for a sub-path. */
const base = process.env.BASE ?? '/';

export default defineConfig({
  base,
  // Only absolute links (canonical, sitemap) need it, so a build without it is complete for any host.
  ...(process.env.SITE ? { site: process.env.SITE } : {}),
  ...(process.env.OUT_DIR ? { outDir: process.env.OUT_DIR } : {}),
  // Starlight's loader reads `<srcDir>/content/docs`; the content lies at the top of this repository.
  srcDir: '.',
  trailingSlash: 'always',
  // The offline store has every page soon after the first visit: fetching one on hover would fetch what is there.
  prefetch: false,
  devToolbar: { enabled: false },
  markdown: { processor: satteri({ mdastPlugins: [baseLinks(base), lessonFences()] }) },
  integrations: [
    starlight({
      title: 'Redis Mastery',
      description: 'Learn Redis with the real redis-server and redis-cli running in the page.',
      favicon: '/favicon.svg',
      sidebar,
      customCss: [
        './src/styles/fonts.css',
        './src/styles/theme.css',
        './src/styles/prose.css',
        './src/styles/chrome.css',
      ],
      components: {
        Footer: './src/components/Footer.astro',
        Head: './src/components/Head.astro',
        Header: './src/components/Header.astro',
        Hero: './src/components/Hero.astro',
        PageTitle: './src/components/PageTitle.astro',
        Pagination: './src/paths/Pagination.astro',
        Search: './src/components/Search.astro',
        Sidebar: './src/paths/Sidebar.astro',
        SiteTitle: './src/components/SiteTitle.astro',
        ThemeSelect: './src/components/ThemeSelect.astro',
      },
      credits: false,
      // `LINKS=unchecked npm run build` while a page that others link to is still being written.
      plugins:
        process.env.LINKS === 'unchecked'
          ? []
          : [linksValidator({ errorOnRelativeLinks: false, exclude: ['**/commands/**'] })],
    }),
    commandReference(),
    reviewCards(),
    lessonWatch(),
    // The order matters: the policy is computed from finished pages, and the offline list from everything.
    contentSecurityPolicy(),
    offline(),
  ],
  vite: {
    // Licences are in THIRD_PARTY_NOTICES; from scripts of pages Vite removes comments by itself.
    worker: { format: 'es', rolldownOptions: { output: { comments: false } } },
    plugins: [lessonComponents()],
    build: {
      rolldownOptions: {
        output: { codeSplitting: { groups: SHARED_FILES } },
        // Astro's own `"use astro:..."` directives are reported for every component; there is nothing to do about them.
        onLog(level, log, handler) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
        },
      },
    },
  },
});
