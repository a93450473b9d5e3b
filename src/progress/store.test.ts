import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type * as Store from './store.ts';

/** The store as another tab has it: a module of its own on the same database. */
async function openTab(): Promise<typeof Store> {
  vi.resetModules();
  return import('./store.ts');
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

test('a write changes the fields it names and no other', async () => {
  const { writeFacts, readFacts } = await openTab();
  await writeFacts('lesson/a', { done: true, visited: 5 }, 10);
  await writeFacts('lesson/a', { done: false }, 20);
  expect(await readFacts('lesson/a')).toEqual({ done: [false, 20], visited: [5, 10] });
});

test('two tabs that write to the same thing at once lose nothing', async () => {
  const [one, other] = [await openTab(), await openTab()];
  const ids = Array.from({ length: 20 }, (_, index) => `check:${index}`);
  await Promise.all(ids.map((id, at) => (at % 2 === 0 ? one : other).writeFacts('lesson/a', { [id]: true })));
  expect(Object.keys(await one.readFacts('lesson/a')).sort()).toEqual([...ids].sort());
});

test('a counter that two tabs raise at once is raised twice', async () => {
  const [one, other] = [await openTab(), await openTab()];
  const raise = (tab: typeof Store) =>
    tab.writeFacts('lesson/a', ({ count }) => ({ count: (typeof count?.[0] === 'number' ? count[0] : 0) + 1 }));
  await Promise.all([raise(one), raise(other), raise(one)]);
  expect((await one.readFacts('lesson/a'))['count']?.[0]).toBe(3);
});

test('a change in one tab is told to its own watchers and to those of the other', async () => {
  const [one, other] = [await openTab(), await openTab()];
  const here: (readonly string[])[] = [];
  one.watchFacts((keys) => void here.push(keys));
  const there = new Promise((resolve) => other.watchFacts(resolve));
  await one.writeFacts('lesson/a', { done: true });
  expect(here).toEqual([['lesson/a']]);
  expect(await there).toEqual(['lesson/a']);
});

test('what begins with a prefix is read together, and an empty prefix reads everything', async () => {
  const { writeFacts, readAll } = await openTab();
  await writeFacts('lesson/a', { done: true });
  await writeFacts('log/b', { why: 'so' });
  expect([...(await readAll('lesson/')).keys()]).toEqual(['lesson/a']);
  expect([...(await readAll()).keys()]).toEqual(['lesson/a', 'log/b']);
});

test('merging in keeps the later of each field', async () => {
  const { writeFacts, mergeIn, readFacts } = await openTab();
  await writeFacts('lesson/a', { done: true, visited: 1 }, 10);
  await mergeIn(new Map([['lesson/a', { done: [false, 5], visited: [2, 20] }]]));
  expect(await readFacts('lesson/a')).toEqual({ done: [true, 10], visited: [2, 20] });
});

test('replacing leaves nothing of what was there, and without facts it is a wipe', async () => {
  const { writeFacts, replaceAll, readAll } = await openTab();
  await writeFacts('lesson/a', { done: true });
  await replaceAll(new Map([['lesson/b', { done: [true, 1] }]]));
  expect(Object.fromEntries(await readAll())).toEqual({ 'lesson/b': { done: [true, 1] } });
  await replaceAll(new Map());
  expect((await readAll()).size).toBe(0);
});

test('a replacement that fails half-way changes nothing', async () => {
  const { writeFacts, replaceAll, readAll } = await openTab();
  await writeFacts('lesson/a', { done: true }, 1);
  // A function cannot be stored: the second put throws.
  const broken = new Map([
    ['lesson/b', {}],
    ['lesson/c', { done: [() => true, 1] }],
  ]) as never;
  await expect(replaceAll(broken)).rejects.toThrow();
  expect(Object.fromEntries(await readAll())).toEqual({ 'lesson/a': { done: [true, 1] } });
});
