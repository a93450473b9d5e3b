import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { arrangePages } from './arrange-pages.ts';
import { arrangeSidebar } from './arrange-sidebar.ts';
import { continueCourse } from './continue-course.ts';
import { hideUnarranged } from './hide-unarranged.ts';
import { inlineScript } from './inline-script.ts';

test('a function becomes a script that runs it, shorter than it was written', () => {
  const found: number[] = [];
  function collect(): void {
    const aVeryLongName = (globalThis as unknown as { found: number[] }).found;
    aVeryLongName.push(7);
  }
  const script = inlineScript(collect);
  runInNewContext(script, { found });
  expect(found).toEqual([7]);
  expect(script.length).toBeLessThan(collect.toString().length);
});

test.each([arrangeSidebar, arrangePages, continueCourse, hideUnarranged])(
  '%o stands on its own in a page without its places',
  (run) => {
    const page = {
      document: { documentElement: { dataset: {} }, querySelector: () => null, querySelectorAll: () => [] },
      addEventListener: () => undefined,
    };
    const played = (): void => {
      runInNewContext(inlineScript(run), { ...page, localStorage: { getItem: () => null } });
    };
    expect(played).not.toThrow();
  },
);

test('the sidebar is hidden only from those who follow a path, and storage that is refused hides nothing', () => {
  const hiddenWith = (getItem: () => string | null): unknown => {
    const dataset: { sidebar?: string } = {};
    runInNewContext(inlineScript(hideUnarranged), {
      document: { documentElement: { dataset } },
      localStorage: { getItem },
    });
    return dataset.sidebar;
  };
  expect(hiddenWith(() => '{"done":[],"route":{"title":"Seven days","groups":[]}}')).toBe('unarranged');
  expect(hiddenWith(() => '{"done":["strings"]}')).toBeUndefined();
  expect(hiddenWith(() => null)).toBeUndefined();
  expect(
    hiddenWith(() => {
      throw new Error('refused');
    }),
  ).toBeUndefined();
});
