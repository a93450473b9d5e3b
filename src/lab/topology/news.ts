import type { LabView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { nodeCards } from './node-card.ts';

/** More than this at once would be read aloud for longer than it is true. */
const MOST = 3;

/** What is worth saying when one view follows another: a sentence for each node whose role or reachability has changed. */
export function newsBetween(before: LabView, after: LabView): string[] {
  const last = new Map(nodeCards(before, nodeNames(before)).map((card) => [card.name, card]));
  const news = nodeCards(after, nodeNames(after)).flatMap((card) => {
    const old = last.get(card.name);
    if (!old) return [`${card.name} is new here.`];
    if (old.status !== card.status) {
      if (card.status === 'ok') return [`${card.name} answers, ${card.role}.`];
      return [`${card.name} ${card.status === 'gone' ? 'refuses connections' : 'does not answer'}.`];
    }
    return old.role === card.role ? [] : [`${card.name} is now ${card.role}.`];
  });
  return news.length > MOST ? [...news.slice(0, MOST), `And ${news.length - MOST} more.`] : news;
}
