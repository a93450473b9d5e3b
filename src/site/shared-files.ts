/** A file of scripts that several pages share: its name, and the modules that go into it. */
interface SharedFile {
  name: string;
  test: RegExp;
}

/**
 * Modules that are always loaded together, each group as one file. The bundler makes a file of each set of modules that
 * some entry loads alone; packed one by one, a dozen small files are 2.5 kB more on a page with its terminal open.
 */
export const SHARED_FILES: readonly SharedFile[] = [
  {
    name: 'shared',
    test: modules(
      'vite/preload-helper',
      'src/dom/element.ts',
      ...['facts', 'glance', 'lesson-progress', 'local', 'review-facts', 'store', 'visits'].map(
        (name) => `src/progress/${name}.ts`,
      ),
      'src/terminal/strict-styles.ts',
      'src/transcript/client-options.ts',
      'wasm-redis/lab/duration.ts',
    ),
  },
  {
    name: 'page-machine',
    test: modules(
      'node_modules/comlink',
      ...['lesson-setup', 'page-machine', 'page-nodes'].map((name) => `src/machine/${name}.ts`),
      ...[
        ...['call-channel', 'call-text', 'client', 'fetch-module'],
        ...['listeners', 'module-shelf', 'remote-machine', 'transfer-errors'],
      ].map((name) => `wasm-redis/worker/${name}.ts`),
    ),
  },
  {
    name: 'page-lesson',
    test: modules(
      ...['block-view', 'lesson-session', 'page-lesson', 'reply-view'].map((name) => `src/lesson-run/${name}.ts`),
      ...[
        ...['client-screen', 'compare', 'highlight-reply', 'parse'],
        ...['play', 'printed-text', 'screen', 'step-text'],
      ].map((name) => `src/transcript/${name}.ts`),
    ),
  },
];

/** Any of these, by a part of their paths. */
function modules(...parts: readonly string[]): RegExp {
  return new RegExp(parts.map((part) => part.replaceAll(/[./]/g, '\\$&')).join('|'));
}
