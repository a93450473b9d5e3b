import type { AllFacts } from './facts.ts';
import { dueIn, progressFrom } from './lesson-progress.ts';

/** What all facts add up to. */
export interface Summary {
  lessonsDone: number;
  lessonsVisited: number;
  boxesTicked: number;
  exercisesPassed: number;
  questionsRight: number;
  logEntries: number;
  readMs: number;
  /** The lessons visited last, the last one first, at most five. */
  visits: readonly Visit[];
  /** Lessons with flash cards that are due, and how many. */
  due: ReadonlyMap<string, number>;
}

/** When a lesson was visited last, and for how long it has been read in all. */
export interface Visit {
  slug: string;
  visitedMs: number;
  readMs: number;
}

const VISITS_SHOWN = 5;

/** Adds up everything that is kept; `nowMs` decides which cards are due. */
export function summarise(all: AllFacts, nowMs: number): Summary {
  const lessons = [...all].flatMap(([key, facts]) =>
    key.startsWith('lesson/') ? [{ slug: key.slice('lesson/'.length), ...progressFrom(facts) }] : [],
  );
  const sum = (count: (lesson: (typeof lessons)[number]) => number): number =>
    lessons.reduce((total, lesson) => total + count(lesson), 0);
  const due = new Map<string, number>();
  for (const { lesson } of dueIn(all, nowMs)) due.set(lesson, (due.get(lesson) ?? 0) + 1);
  return {
    lessonsDone: sum(({ done }) => (done ? 1 : 0)),
    lessonsVisited: lessons.length,
    boxesTicked: sum(({ ticked }) => ticked.size),
    exercisesPassed: sum(({ passed }) => passed.size),
    questionsRight: sum(({ answers }) => [...answers.values()].filter(Boolean).length),
    logEntries: [...all].filter(([key, { deleted }]) => key.startsWith('log/') && deleted?.[0] !== true).length,
    readMs: sum(({ readMs }) => readMs),
    visits: lessons
      .flatMap(({ slug, visitedMs, readMs }) => (visitedMs === undefined ? [] : [{ slug, visitedMs, readMs }]))
      .sort((one, other) => other.visitedMs - one.visitedMs)
      .slice(0, VISITS_SHOWN),
    due,
  };
}

/** The summary in a line: `3 lessons done, 1 exercise passed, 2 log entries`. Without anything: `nothing yet`. */
export function inWords({ lessonsDone, boxesTicked, exercisesPassed, questionsRight, logEntries }: Summary): string {
  const counts: readonly [number, string, string][] = [
    [lessonsDone, 'lesson done', 'lessons done'],
    [boxesTicked, 'box ticked', 'boxes ticked'],
    [exercisesPassed, 'exercise passed', 'exercises passed'],
    [questionsRight, 'question answered', 'questions answered'],
    [logEntries, 'log entry', 'log entries'],
  ];
  const words = counts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]));
  return words.length === 0 ? 'nothing yet' : words.join(', ');
}
