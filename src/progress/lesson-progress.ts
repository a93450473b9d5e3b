import { refreshGlance } from './glance.ts';
import type { AllFacts, Facts, Review } from './facts.ts';
import { firstReview, isDue, nextReview } from './review.ts';
import { reviewIn } from './review-facts.ts';
import { mergeIn, readAll, readFacts, writeFacts } from './store.ts';

/** What is known of a lesson. Ids are those of the lesson's page; one that was never touched is in no list. */
export interface LessonProgress {
  done: boolean;
  /** Ids of self-check boxes that are ticked. */
  ticked: ReadonlySet<string>;
  /** Ids of exercises that were passed once. */
  passed: ReadonlySet<string>;
  /** Questions that were answered, the last time rightly or wrongly. */
  answers: ReadonlyMap<string, boolean>;
  /** Milliseconds since 1970. */
  visitedMs: number | undefined;
  readMs: number;
}

/** Reads one lesson's progress; `lesson` is its slug. Rejects where the browser refuses storage, as all of these do. */
export async function lessonProgress(lesson: string): Promise<LessonProgress> {
  return progressFrom(await readFacts(`lesson/${lesson}`));
}

/** Marks a lesson as done, or takes that back. */
export async function noteDone(lesson: string, done: boolean): Promise<void> {
  await writeFacts(`lesson/${lesson}`, { done });
  await refreshGlance();
}

/** A self-check box was ticked, or cleared. */
export async function noteTick(lesson: string, id: string, ticked: boolean): Promise<void> {
  await writeFacts(`lesson/${lesson}`, { [`check:${id}`]: ticked });
}

/** An exercise was passed. It stays so, whatever the learner does to the server afterwards. */
export async function notePassed(lesson: string, id: string): Promise<void> {
  await writeFacts(`lesson/${lesson}`, { [`exercise:${id}`]: true });
}

/** A question was answered: the answer is remembered, and the question comes again as a flash card when it is due. */
export async function noteAnswer(lesson: string, id: string, right: boolean, nowMs = Date.now()): Promise<void> {
  await writeFacts(`lesson/${lesson}`, { [`question:${id}`]: right }, nowMs);
  await noteReview(lesson, id, right, nowMs);
}

/** A flash card was turned and the learner says whether it was known. Resolves with when it comes again. */
export async function noteReview(lesson: string, id: string, known: boolean, nowMs = Date.now()): Promise<Review> {
  const facts = await writeFacts(
    `card/${lesson}/${id}`,
    (before) => ({ review: nextReview(reviewIn(before), known, nowMs) }),
    nowMs,
  );
  await refreshGlance();
  return reviewIn(facts) ?? nextReview(undefined, known, nowMs);
}

/**
 * A lesson is done: its questions become flash cards, from tomorrow on, all or none. Those that were tried before keep their
 * place: a fact of time 0 is earlier than any that is there.
 */
export async function enterCards(lesson: string, ids: readonly string[], nowMs = Date.now()): Promise<void> {
  const review = firstReview(nowMs);
  await mergeIn(new Map(ids.map((id) => [`card/${lesson}/${id}`, { review: [review, 0] }])));
  await refreshGlance();
}

/** A flash card that was seen before, or whose lesson is done. */
export interface KnownCard {
  lesson: string;
  id: string;
  review: Review;
}

/** The cards that are due, longest overdue first. */
export async function dueCards(nowMs = Date.now()): Promise<KnownCard[]> {
  return dueIn(await readAll('card/'), nowMs);
}

/** The same from facts that were read already. */
export function dueIn(all: AllFacts, nowMs: number): KnownCard[] {
  return cardsIn(all).filter(({ review }) => isDue(review, nowMs));
}

/** All cards of these facts, the one that is due first at the beginning. */
export function cardsIn(all: AllFacts): KnownCard[] {
  return [...all]
    .flatMap(([key, facts]) => {
      const [kind, lesson, id] = key.split('/');
      const review = reviewIn(facts);
      return kind === 'card' && lesson !== undefined && id !== undefined && review ? [{ lesson, id, review }] : [];
    })
    .sort((one, other) => one.review.dueMs - other.review.dueMs);
}

/** What the facts of a lesson say. */
export function progressFrom(facts: Facts): LessonProgress {
  const idsOf = (prefix: string): [id: string, value: boolean][] =>
    Object.entries(facts).flatMap(([field, [value]]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), value === true]] : [],
    );
  const trueOf = (prefix: string): Set<string> => new Set(idsOf(prefix).flatMap(([id, value]) => (value ? [id] : [])));
  const visited = facts['visited']?.[0];
  return {
    done: facts['done']?.[0] === true,
    ticked: trueOf('check:'),
    passed: trueOf('exercise:'),
    answers: new Map(idsOf('question:')),
    visitedMs: typeof visited === 'number' ? visited : undefined,
    readMs: Object.entries(facts).reduce(
      (sum, [field, [value]]) => (field.startsWith('time:') && typeof value === 'number' ? sum + value : sum),
      0,
    ),
  };
}
