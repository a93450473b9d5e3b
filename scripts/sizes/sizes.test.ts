import { expect, test } from 'vitest';
import { reportLimits } from './limits.ts';
import { scriptsOf } from './page-scripts.ts';

const FILES: Readonly<Record<string, string>> = {
  '_astro/page.js': 'import{a as b}from"./shared.js";const t=()=>import(`./terminal.js`);',
  '_astro/shared.js': 'export const a=1;',
  '_astro/terminal.js': 'import"./shared.js";new Worker(new URL(`/course/_astro/worker.js`,``+import.meta.url));',
  '_astro/worker.js': 'export{};',
  '_astro/search.js': 'import("/course/pagefind/pagefind.js")',
};
const PAGE = `<script type="module" src="/course/_astro/page.js"></script>
<script type="module">import "/course/_astro/search.js";</script>`;

const read = (path: string): string => {
  const text = FILES[path];
  if (text === undefined) throw new Error(`no file ${path}`);
  return text;
};

test('a page loads its scripts and what they import, and later the terminal and the worker, never the search', () => {
  const { withPage, everything } = scriptsOf(PAGE, read, '/course/');
  expect([...withPage].sort()).toEqual(['_astro/page.js', '_astro/search.js', '_astro/shared.js']);
  expect([...everything].sort()).toEqual([...withPage, '_astro/terminal.js', '_astro/worker.js'].sort());
});

test('what runs the examples of a lesson counts only for a page that has some', () => {
  const files: Readonly<Record<string, string>> = { 'a.js': 'import("./page-lesson.js")', 'page-lesson.js': '' };
  const page = '<script type="module" src="/a.js"></script>';
  const everything = (html: string): string[] => [...scriptsOf(html, (path) => files[path] ?? '').everything];
  expect(everything(page)).toEqual(['a.js']);
  expect(everything(`${page}<button class="redis-run">`)).toEqual(['a.js', 'page-lesson.js']);
});

test('what comes only when a reader asks for it counts for itself, without what is there by then', () => {
  const files: Readonly<Record<string, string>> = {
    'a.js': 'import("./terminal.js");import("./shell.B1.js");import("./panel.C2.js")',
    'terminal.js': 'import"./screen.js"',
    'shell.B1.js': 'import"./screen.js";import"./words.js";import("./panel.C2.js")',
  };
  const demand = [
    { what: 'shell', chunk: /shell\./ },
    { what: 'panel', chunk: /panel\./ },
    { what: 'map', chunk: /map\./ },
  ];
  const page = '<script type="module" src="/a.js"></script>';
  const { everything, onDemand } = scriptsOf(page, (path) => files[path] ?? '', '/', demand);
  expect([...everything].sort()).toEqual(['a.js', 'screen.js', 'terminal.js']);
  expect(onDemand).toEqual(
    new Map([
      ['shell', new Set(['shell.B1.js', 'words.js'])],
      ['panel', new Set(['panel.C2.js'])],
    ]),
  );
});

test('what only such a thing asks for is measured too, and apart from it, whichever is named first', () => {
  const files: Readonly<Record<string, string>> = {
    'a.js': 'import("./panel.C2.js")',
    'panel.C2.js': 'import("./look.D3.js")',
    'look.D3.js': 'import"./eye.js"',
  };
  const demand = [
    { what: 'look', chunk: /look\./ },
    { what: 'panel', chunk: /panel\./ },
  ];
  const page = '<script type="module" src="/a.js"></script>';
  const { onDemand } = scriptsOf(page, (path) => files[path] ?? '', '/', demand);
  expect(onDemand.get('panel')).toEqual(new Set(['panel.C2.js']));
  expect(onDemand.get('look')).toEqual(new Set(['look.D3.js', 'eye.js']));
});

test('a file beyond its limit fails, one at its limit does not', () => {
  const { lines, failed } = reportLimits([
    { what: 'small', bytes: 100, limit: 100 },
    { what: 'big', bytes: 101_000, limit: 100_000 },
  ]);
  expect(failed).toBe(1);
  expect(lines).toEqual([
    'small: 0.1 kB of 0.1 kB',
    'big: 101.0 kB TOO BIG, the limit is 100.0 kB',
    '1 passed, 1 failed (size limits)',
  ]);
});

test('to have measured nothing is a failure', () => {
  expect(reportLimits([]).failed).toBe(1);
});
