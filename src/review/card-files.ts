import type { CourseData } from '../paths/course.ts';
import type { Card } from './card.ts';
import type { CardName } from './sitting.ts';

/** A card with what is shown of its lesson. */
export interface ShownCard extends Card {
  lesson: string;
  lessonTitle: string;
  lessonHref: string;
}

/** The cards of lessons, each lesson's fetched once. */
export class CardFiles {
  readonly #course: CourseData;
  readonly #files = new Map<string, Promise<readonly Card[]>>();

  constructor(course: CourseData) {
    this.#course = course;
  }

  /** Those of the cards that the course still has: a question may have been taken out of its lesson. */
  async known<Name extends CardName>(cards: readonly Name[]): Promise<Name[]> {
    const found = await Promise.all(cards.map((card) => this.card(card)));
    return cards.filter((_, index) => found[index] !== undefined);
  }

  /** A card by its name; undefined if the course has none of that name (any more). Rejects with a TypeError without a network. */
  async card({ lesson, id }: CardName): Promise<ShownCard | undefined> {
    const page = this.#course.lessons[lesson];
    if (page?.href === undefined) return undefined;
    let file = this.#files.get(lesson);
    if (!file) {
      // The file lies beside this page: `/review/` and `/review/strings.json`.
      file = load(`${lesson}.json`);
      this.#files.set(lesson, file);
      file.catch(() => this.#files.delete(lesson));
    }
    const card = (await file).find((each) => each.id === id);
    return card && { ...card, lesson, lessonTitle: page.title, lessonHref: page.href };
  }
}

async function load(file: string): Promise<readonly Card[]> {
  const response = await fetch(file);
  if (!response.ok) throw new TypeError(`${file}: ${response.status} ${response.statusText}`);
  // Written by `lesson-cards.ts` of the same build.
  return (await response.json()) as Card[];
}
