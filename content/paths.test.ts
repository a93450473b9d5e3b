import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { lessonsOfRoute, routesOf } from '../src/paths/route.ts';
import { partSchema, pathSchema, type Path } from '../src/paths/schema.ts';
import curriculum from './curriculum.json' with { type: 'json' };

const parts = curriculum.map((part) => partSchema.parse(part));
const slugs = parts.flatMap(({ lessons }) => lessons.map(({ slug }) => slug));
const paths: Path[] = globSync('content/paths/*.json').map((file) => ({
  id: basename(file, '.json'),
  ...pathSchema.parse(JSON.parse(readFileSync(file, 'utf8'))),
}));
const route = (id: string) => {
  const found = paths.flatMap(routesOf).find((each) => each.id === id);
  if (!found) throw new Error(`no route ${id}`);
  return found;
};

test('the curriculum has its parts in order and every lesson once', () => {
  expect(parts.map(({ number }) => number)).toEqual([...parts.keys()]);
  expect(new Set(slugs).size).toBe(slugs.length);
});

test('there are five paths, and every lesson of each is in the curriculum', () => {
  expect(paths.length).toBe(5);
  for (const path of paths) {
    const unknown = path.groups
      .flatMap(({ blocks }) => blocks.flatMap(({ lessons }) => lessons))
      .filter((slug) => !slugs.includes(slug));
    expect([path.id, unknown]).toEqual([path.id, []]);
  }
});

test('a group that is for one variant names a variant that there is', () => {
  for (const { id, variants = [], groups } of paths) {
    const known = variants.map((variant) => variant.id);
    const strange = groups.flatMap(({ only }) => (only === undefined || known.includes(only) ? [] : [only]));
    expect([id, strange]).toEqual([id, []]);
  }
});

test('42 lessons are 42, in six phases of 7, 8, 8, 7, 6 and 6', () => {
  const { groups } = route('forty-two-lessons');
  expect(groups.map(({ blocks }) => blocks.flatMap(({ lessons }) => lessons).length)).toEqual([7, 8, 8, 7, 6, 6]);
  expect(lessonsOfRoute({ groups }, true).length).toBe(42);
});

test('16 steps are 16, and seven days have seven between their beginning and their tools', () => {
  expect(route('sixteen-steps').groups.length).toBe(16);
  expect(route('seven-days').groups.filter(({ title }) => /^Day \d:/.test(title)).length).toBe(7);
});

test('four weeks for beginners end before week 4, and Day 0 is left to them', () => {
  const beginner = route('four-weeks/beginner');
  expect(beginner.groups.some(({ title }) => title.startsWith('Week 4'))).toBe(false);
  expect(lessonsOfRoute(beginner, false)).not.toContain('day-0-caching-basics');
  expect(lessonsOfRoute(beginner, true)).toContain('day-0-caching-basics');
  expect(lessonsOfRoute(route('four-weeks/interview'), false)).toContain('redis-interview-masterclass');
});
