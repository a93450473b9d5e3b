import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { readAll } from '../progress/store.ts';
import { entriesFrom, searchEntries, type LogEntry } from './entry.ts';
import { logAsMarkdown } from './markdown.ts';
import type * as Log from './log.ts';

const HOUR_MS = 3_600_000;
const titleOf = (lesson: string): string => (lesson === 'strings' ? 'Strings' : lesson);

let log: typeof Log;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.resetModules();
  log = await import('./log.ts');
});

test('an entry is kept, changed part by part, and the newest comes first', async () => {
  const first = await log.addEntry('strings', { question: 'Why 44?', hypothesis: 'No idea' }, 1000);
  await log.addEntry('', { question: 'Later' }, 2000);
  await log.changeEntry(first, { why: '64 with the headers' }, 3000);
  expect(await log.readLog()).toMatchObject([
    { question: 'Later', lesson: '' },
    { question: 'Why 44?', hypothesis: 'No idea', why: '64 with the headers', createdMs: 1000, changedMs: 3000 },
  ]);
});

test('a deleted entry is gone, and back when that is taken back', async () => {
  const id = await log.addEntry('strings', { question: 'Why 44?' }, 1000);
  await log.deleteEntry(id, 2000);
  expect(await log.readLog()).toEqual([]);
  await log.restoreEntry(id, 3000);
  expect(await log.readLog()).toMatchObject([{ id, question: 'Why 44?' }]);
});

test('the text of a deleted entry is forgotten after an hour, the deletion is not', async () => {
  const id = await log.addEntry('strings', { question: 'Secret' }, 1000);
  await log.deleteEntry(id, 2000);
  await log.forgetDeleted(2000 + HOUR_MS / 2);
  await log.restoreEntry(id, 2001);
  expect(await log.readLog()).toMatchObject([{ question: 'Secret' }]);
  await log.deleteEntry(id, 3000);
  await log.forgetDeleted(3001 + HOUR_MS);
  const { readAll: readIt } = (await import('../progress/store.ts')) as { readAll: typeof readAll };
  const all = await readIt('log/');
  expect(JSON.stringify([...all])).not.toContain('Secret');
  expect(entriesFrom(all)).toEqual([]);
});

const ENTRIES: LogEntry[] = [
  {
    id: 'a',
    lesson: 'strings',
    question: 'Why 44?',
    hypothesis: 'A power of two',
    happened: '',
    why: 'Headers',
    terminal: '> SET k v\nOK\n> ECHO ```',
    createdMs: Date.UTC(2026, 10, 21),
    changedMs: 0,
  },
  {
    id: 'b',
    lesson: '',
    question: 'Does EXPIRE move?',
    hypothesis: '',
    happened: '',
    why: '',
    terminal: '',
    createdMs: 0,
    changedMs: 0,
  },
];

test.each([
  ['power HEADERS', ['a']],
  ['strings', ['a']],
  ['echo', ['a']],
  ['expire', ['b']],
  ['', ['a', 'b']],
  ['why expire', []],
])('searching for %j finds %j', (search, ids) => {
  expect(searchEntries(ENTRIES, search, titleOf).map(({ id }) => id)).toEqual(ids);
});

test('the log becomes Markdown, and a fence in a terminal does not end its fence', () => {
  expect(logAsMarkdown(ENTRIES, titleOf)).toMatchInlineSnapshot(`
    "# Learning log

    ## 2026-11-21: Strings

    **Question**

    Why 44?

    **Hypothesis**

    A power of two

    **Why**

    Headers

    \`\`\`\`text
    > SET k v
    OK
    > ECHO \`\`\`
    \`\`\`\`

    ## 1970-01-01

    **Question**

    Does EXPIRE move?
    "
  `);
});
