import { expect, test } from 'vitest';
import { inHours, lessonsOfRoute, routesOf, standing } from './route.ts';
import type { Path } from './schema.ts';

const PATH: Path = {
  id: 'weeks',
  order: 1,
  title: 'Weeks',
  summary: 'Week by week.',
  audience: 'Everybody.',
  variants: [
    { id: 'short', title: 'Short', summary: 'One week.' },
    { id: 'long', title: 'Long', summary: 'Two weeks.' },
  ],
  groups: [
    { title: 'Before', optional: true, blocks: [{ lessons: ['zero'] }], checks: [] },
    { title: 'Week 1', optional: false, blocks: [{ lessons: ['a', 'b'] }, { lessons: ['a'] }], checks: [] },
    { title: 'End', optional: false, only: 'short', blocks: [{ lessons: ['end'] }], checks: [] },
    { title: 'Week 2', optional: false, only: 'long', blocks: [{ lessons: ['b', 'c'] }], checks: [] },
  ],
};
const [short, long] = routesOf(PATH);
const MINUTES: Readonly<Record<string, number>> = { zero: 60, a: 10, b: 20, c: 30, end: 5 };
const count = (lessons: string[], written: string[], done: string[]) =>
  standing(lessons, (slug) => MINUTES[slug] ?? 0, new Set(written), new Set(done));

test('each variant of a path is a route of its own, without the groups of the other', () => {
  expect(routesOf(PATH).map(({ id, title }) => [id, title])).toEqual([
    ['weeks/short', 'Weeks, Short'],
    ['weeks/long', 'Weeks, Long'],
  ]);
  expect(short && lessonsOfRoute(short, false)).toEqual(['a', 'b', 'end']);
});

test('a path without variants is one route', () => {
  const single: Path = { ...PATH };
  delete single.variants;
  expect(routesOf(single).map(({ id }) => id)).toEqual(['weeks']);
});

test('a lesson that a route visits twice counts once', () => {
  expect(long && lessonsOfRoute(long, false)).toEqual(['a', 'b', 'c']);
});

test('optional groups count for those who take them', () => {
  expect(short && lessonsOfRoute(short, true)).toEqual(['zero', 'a', 'b', 'end']);
});

test('what is left is what is not done, and next up is the first of it that is written', () => {
  expect(count(['a', 'b', 'c'], ['a', 'c'], ['a'])).toEqual({
    done: 1,
    total: 3,
    planned: 1,
    minutes: 60,
    minutesLeft: 50,
    next: 'c',
  });
});

test('a finished route has no next lesson and nothing left', () => {
  expect(count(['a'], ['a'], ['a', 'elsewhere'])).toMatchObject({ done: 1, total: 1, minutesLeft: 0, next: undefined });
});

test('minutes are said as people say them', () => {
  expect([45, 60, 70, 599, 600, 1510].map(inHours)).toEqual([
    '45 min',
    '1 h',
    '1 h 10 min',
    '9 h 59 min',
    '10 h',
    '25 h',
  ]);
});
