/**
 * The only part of progress that every lesson loads. What shows and keeps it comes when the reader comes near anything
 * that can be ticked, checked, answered or written, or does so.
 */
import type * as LessonPage from './lesson-page.ts';
import { noteVisit } from './visit.ts';

const KEEPS_PROGRESS = 'lesson-end, [data-lesson-check], [data-exercise], [data-question], [data-log-prompt]';

const lesson = /\/lessons\/([a-z0-9-]+)\/$/.exec(location.pathname)?.[1];
if (lesson !== undefined) {
  noteVisit(lesson);
  let opening: Promise<typeof LessonPage> | undefined;
  const open = (): Promise<typeof LessonPage> => {
    opening ??= import('./lesson-page.ts').then((page) => {
      page.openLesson(lesson);
      return page;
    });
    return opening;
  };
  document.addEventListener('lesson-check', ({ detail }) => void open().then(({ keepCheck }) => keepCheck(detail)));
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('.le-done'))
      void open().then(({ changeDone }) => changeDone(lesson));
  });
  const near = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      void open();
    },
    { rootMargin: '600px' },
  );
  for (const place of document.querySelectorAll(KEEPS_PROGRESS)) near.observe(place);
}
