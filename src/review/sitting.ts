/** A card by its lesson's slug and its id there. */
export interface CardName {
  lesson: string;
  id: string;
}

/** One go through the cards that are due. The first of the queue is the one that is shown. */
export interface Sitting {
  queue: readonly CardName[];
  /** Cards that were not known in this sitting, and stay in its queue until they are. */
  missed: readonly CardName[];
  /** How many cards are through: known at last. */
  known: number;
}

/** A sitting with these cards. */
export function beginSitting(due: readonly CardName[]): Sitting {
  return { queue: due, missed: [], known: 0 };
}

/** After the first card was judged: known, it is through; not known, it comes again at the end. Without a card nothing changes. */
export function judgeFirst(sitting: Sitting, known: boolean): Sitting {
  const [first, ...rest] = sitting.queue;
  if (!first) return sitting;
  if (known) return { ...sitting, queue: rest, known: sitting.known + 1 };
  const missed = has(sitting.missed, first) ? sitting.missed : [...sitting.missed, first];
  return { ...sitting, queue: [...rest, first], missed };
}

/**
 * After something was kept elsewhere (another tab, an imported file): cards that are no longer due leave the queue,
 * except those missed here; cards that have become due join at its end.
 */
export function withDue(sitting: Sitting, due: readonly CardName[]): Sitting {
  const stay = sitting.queue.filter((card) => has(due, card) || has(sitting.missed, card));
  return { ...sitting, queue: [...stay, ...due.filter((card) => !has(stay, card))] };
}

/** How many cards the sitting has had and still has; each counts once, however often it comes. */
export function countOf({ queue, known }: Sitting): number {
  return queue.length + known;
}

/** Whether the card is among the cards. */
export function has(cards: readonly CardName[], { lesson, id }: CardName): boolean {
  return cards.some((card) => card.lesson === lesson && card.id === id);
}
