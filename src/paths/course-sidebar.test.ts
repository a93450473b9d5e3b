import { expect, test } from 'vitest';
import { checkWritten, courseSidebar } from './course-sidebar.ts';
import type { Part } from './schema.ts';

const lesson = (slug: string) => ({ slug, title: slug, minutes: 10, level: 'beginner' as const });
const PARTS: Part[] = [
  { id: 'one', number: 0, title: 'One', lessons: [lesson('a'), lesson('b')] },
  { id: 'two', number: 1, title: 'Two', lessons: [lesson('c')] },
];

test('the sidebar has the written lessons in the order of the curriculum, and no empty part', () => {
  expect(courseSidebar(PARTS, new Set(['b', 'a']))).toEqual([
    {
      label: 'One',
      collapsed: true,
      items: [
        { slug: 'lessons/a', attrs: { 'data-lesson': 'a' } },
        { slug: 'lessons/b', attrs: { 'data-lesson': 'b' } },
      ],
    },
  ]);
});

test('a page that the curriculum does not know stops the build and says what to do', () => {
  expect(() => checkWritten(PARTS, new Set(['a', 'strange']))).toThrowErrorMatchingInlineSnapshot(
    `[Error: content/docs/lessons/ has strange, which content/curriculum.json does not know. Add the lesson to its part there.]`,
  );
});

test('a lesson that stands in two parts stops the build', () => {
  expect(() => checkWritten([...PARTS, ...PARTS], new Set())).toThrow('a, b, c more than once');
});
