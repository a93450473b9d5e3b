import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import type * as Progress from './lesson-progress.ts';

const DAY_MS = 86_400_000;
const NOW = 1_000 * DAY_MS;

let progress: typeof Progress;
let kept: Map<string, string>;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
  vi.stubGlobal('dispatchEvent', () => true);
  vi.resetModules();
  progress = await import('./lesson-progress.ts');
});

test('a lesson that was never opened has no progress', async () => {
  expect(await progress.lessonProgress('strings')).toEqual({
    done: false,
    ticked: new Set(),
    passed: new Set(),
    answers: new Map(),
    visitedMs: undefined,
    readMs: 0,
  });
});

test('ticks, exercises and answers are kept for each lesson, and what is done is at hand for the next page', async () => {
  await progress.noteTick('strings', 'bytes', true);
  await progress.noteTick('strings', 'int', true);
  await progress.noteTick('strings', 'int', false);
  await progress.notePassed('strings', 'doors');
  await progress.noteAnswer('strings', 'embstr', false, NOW);
  await progress.noteDone('strings', true);
  expect(await progress.lessonProgress('strings')).toMatchObject({
    done: true,
    ticked: new Set(['bytes']),
    passed: new Set(['doors']),
    answers: new Map([['embstr', false]]),
  });
  expect(JSON.parse(kept.get('rm-glance') ?? '')).toMatchObject({ done: ['strings'] });
  await progress.noteDone('strings', false);
  expect(JSON.parse(kept.get('rm-glance') ?? '')).toMatchObject({ done: [] });
});

test('an answered question comes again as a card when it is due, the longest overdue first', async () => {
  await progress.noteAnswer('strings', 'known', true, NOW);
  await progress.noteAnswer('strings', 'not-known', false, NOW);
  expect(await progress.dueCards(NOW)).toEqual([]);
  expect((await progress.dueCards(NOW + DAY_MS)).map(({ id }) => id)).toEqual(['not-known', 'known']);
  await progress.noteReview('strings', 'known', true, NOW + DAY_MS);
  expect((await progress.dueCards(NOW + 3 * DAY_MS)).map(({ id }) => id)).toEqual(['not-known']);
});

test('the questions of a lesson that is done become cards for tomorrow, those tried before keep their place', async () => {
  await progress.noteAnswer('strings', 'known', true, NOW);
  const [before] = await progress.dueCards(NOW + DAY_MS);
  await progress.enterCards('strings', ['known', 'untried'], NOW + DAY_MS);
  expect((await progress.dueCards(NOW + 2 * DAY_MS)).map(({ id }) => id)).toEqual(['known', 'untried']);
  expect((await progress.dueCards(NOW + 2 * DAY_MS))[0]).toEqual(before);
  expect(await progress.dueCards(NOW + DAY_MS)).toHaveLength(1);
});

test('how many cards are due when is at hand for the next page', async () => {
  await progress.enterCards('strings', ['one', 'two'], NOW);
  await progress.noteReview('strings', 'three', false, NOW);
  const { cards } = JSON.parse(kept.get('rm-glance') ?? '') as { cards: [number, number][] };
  expect(cards.map(([, count]) => count)).toEqual([1, 2]);
  expect(cards[0]?.[0]).toBe(NOW + 600_000);
});

test('visits that pages have left are taken in once, and times of two devices add up', async () => {
  const { takeInVisits } = await import('./visits.ts');
  const { mergeIn } = await import('./store.ts');
  kept.set('rm-visits', JSON.stringify({ strings: [NOW, 60_000], broken: 'by hand' }));
  await takeInVisits();
  await takeInVisits();
  kept.set('rm-visits', JSON.stringify({ strings: [NOW + 5, 30_000] }));
  await takeInVisits();
  await mergeIn(new Map([['lesson/strings', { 'time:elsewhere': [10_000, 1] }]]));
  expect(await progress.lessonProgress('strings')).toMatchObject({ visitedMs: NOW + 5, readMs: 100_000 });
});
