/** For `tsc` and the linter, which do not read components; `astro check` does, and finds the real types. */
declare module '*.astro' {
  import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
  const component: AstroComponentFactory;
  export default component;
}

/** Components of Starlight that a theme may replace, by the names under which it resolves them. It ships no types for these. */
declare module 'virtual:starlight/components/Search' {
  export { default } from '@astrojs/starlight/components/Search.astro';
}
declare module 'virtual:starlight/components/SiteTitle' {
  export { default } from '@astrojs/starlight/components/SiteTitle.astro';
}
declare module 'virtual:starlight/components/ThemeSelect' {
  export { default } from '@astrojs/starlight/components/ThemeSelect.astro';
}
