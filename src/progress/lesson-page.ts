import { refreshGlance } from './glance.ts';
import type { LessonCheck } from '../lesson-check/announce.ts';
import {
  enterCards,
  lessonProgress,
  noteAnswer,
  noteDone,
  notePassed,
  noteReview,
  noteTick,
  type LessonProgress,
} from './lesson-progress.ts';
import { sayIfRefused, watchFacts } from './store.ts';
import { takeInVisits } from './visits.ts';

/** Boxes whose change is being written: what was read before that is older than what the reader sees. */
const beingKept = new Map<string, boolean>();

/** Shows what is known of this page's lesson, now and whenever it changes, in this tab or another. */
export function openLesson(lesson: string): void {
  const update = (): Promise<void> => keep(async () => show(await lessonProgress(lesson)));
  watchFacts((keys) => {
    if (keys.length === 0 || keys.includes(`lesson/${lesson}`)) void update();
  });
  void update();
  void keep(async () => {
    await takeInVisits();
    await refreshGlance();
  });
  for (const place of document.querySelectorAll<HTMLElement>('[data-log-prompt], lesson-end .le-log')) {
    void import('../learning-log/lesson-entry.ts').then(({ offerEntry }) => offerEntry(place, lesson));
  }
}

/** Marks the lesson as done, or takes that back. */
export function changeDone(lesson: string): Promise<void> {
  return keep(async () => setDone(lesson, !(await lessonProgress(lesson)).done));
}

/** Keeps what the lesson has announced. With the last box of its self-check a lesson is done. */
export async function keepCheck({ lesson: page, kind, id, passed }: LessonCheck): Promise<void> {
  const lesson = page.replace(/^lessons\//, '');
  await keep(async () => {
    if (kind === 'self-check') await keepTick(lesson, id, passed);
    else if (kind === 'question') await noteAnswer(lesson, id, passed);
    else if (kind === 'card') await noteReview(lesson, id, passed);
    else if (passed) await notePassed(lesson, id);
    if (kind !== 'self-check' || !passed) return;
    const { ticked, done } = await lessonProgress(lesson);
    if (!done && boxes().every(({ dataset }) => ticked.has(dataset['id'] ?? ''))) await setDone(lesson, true);
  });
}

async function keepTick(lesson: string, id: string, ticked: boolean): Promise<void> {
  beingKept.set(id, ticked);
  try {
    await noteTick(lesson, id, ticked);
  } finally {
    if (beingKept.get(id) === ticked) beingKept.delete(id);
  }
}

/** What was done is reviewed: the questions of a lesson that is done become cards, before it says that it is done. */
async function setDone(lesson: string, done: boolean): Promise<void> {
  const questions = done ? [...document.querySelectorAll<HTMLElement>('[data-question]')] : [];
  const ids = questions.flatMap(({ dataset }) => dataset['id'] ?? []);
  if (ids.length > 0) await enterCards(lesson, ids);
  await noteDone(lesson, done);
}

function show({ done, ticked, passed, answers }: LessonProgress): void {
  for (const box of boxes()) {
    const { id = '' } = box.dataset;
    box.checked = beingKept.get(id) ?? ticked.has(id);
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-exercise], [data-question]')) {
    const id = element.dataset['id'] ?? '';
    if (passed.has(id) || answers.get(id) === true) element.dataset['passed'] = '';
    else delete element.dataset['passed'];
  }
  const button = document.querySelector('lesson-end .le-done');
  button?.setAttribute('aria-pressed', String(done));
  if (button) button.textContent = done ? 'Done' : 'Mark as done';
  say(
    [
      count(boxes().length, ticked.size, 'ticked'),
      count(document.querySelectorAll('[data-exercise]').length, passed.size, 'exercises passed'),
    ]
      .filter(Boolean)
      .join(', '),
  );
}

function count(total: number, some: number, what: string): string {
  return total === 0 ? '' : `${Math.min(some, total)} of ${total} ${what}`;
}

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('input[data-lesson-check=self-check]')];
}

/** Where the browser refuses storage the lesson says so, and works on. */
function keep(write: () => Promise<void>): Promise<void> {
  return sayIfRefused('your progress', say, write);
}

function say(text: string): void {
  const place = document.querySelector('lesson-end .le-said');
  if (place && place.textContent !== text) place.textContent = text;
}
