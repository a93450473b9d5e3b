import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const KERNEL = ['wasm-redis/kernel/**/*.ts', 'wasm-redis/machine.ts', 'wasm-redis/machine/*.ts'];
const TESTS = ['**/*.test.ts', 'wasm-redis/tests/**/*.ts', 'e2e/**/*.ts'];

/** Imports point one way: content -> src -> wasm-redis, and the kernel knows neither Node nor the DOM. */
const upwards = {
  group: ['**/src/**', '**/content/**', '**/scripts/**'],
  message: 'The engine does not know the site: imports point from src to wasm-redis, never back.',
};
const node = {
  regex: '^node:',
  message: 'The kernel runs in a Worker too: what it needs of its host comes in by an argument.',
};
const site = { group: ['astro:*', '@astrojs/*'], message: 'The engine is usable without the site.' };

export default defineConfig(
  globalIgnores(['dist/', '.astro/', '.cache/', 'wasm-redis/build/', 'shots/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  astro.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A machine's listener may return a promise where the other returns nothing: that is back-pressure, not a mistake.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      // `async` is how an implementation of an asynchronous interface says that it throws by rejecting.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
    },
  },
  {
    files: ['wasm-redis/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [upwards, site] }] },
  },
  {
    files: KERNEL,
    ignores: TESTS,
    rules: {
      'no-restricted-imports': ['error', { patterns: [upwards, site, node] }],
      // Clock and randomness enter through one door, or no two runs are alike.
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Ask the machine’s clock.' },
        { object: 'Math', property: 'random', message: 'Ask the machine’s random source.' },
      ],
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'window',
          'document',
          'self',
          'performance',
          'crypto',
          'setTimeout',
          'setInterval',
        ].map((name) => ({ name, message: 'The kernel knows no DOM and no Node: take it as an argument.' })),
      ],
    },
  },
  // What vitest's `expect.any` and its like give is `any`.
  { files: TESTS, rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  // Programs for a terminal print.
  { files: ['scripts/**', 'wasm-redis/bench/**', 'wasm-redis/node/**', 'e2e/**'], rules: { 'no-console': 'off' } },
  // Plain JavaScript has no types to check, and no list of Node's globals.
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.disableTypeChecked], rules: { 'no-undef': 'off' } },
  { files: ['**/*.astro', '**/*.astro/*.{js,ts}'], extends: [tseslint.configs.disableTypeChecked] },
);
