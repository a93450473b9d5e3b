import type { Facts, Review } from './facts.ts';

/** What the facts of a card say of its next review; undefined if it was never seen. */
export function reviewIn(facts: Facts): Review | undefined {
  const review = facts['review']?.[0];
  return typeof review === 'object' ? review : undefined;
}
