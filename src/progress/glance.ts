import type { AllFacts } from './facts.ts';
import { localStore, readObject } from './local.ts';
import { reviewIn } from './review-facts.ts';
import { readAll } from './store.ts';

export const GLANCE = 'rm-glance';

/** A route as the sidebar draws it: optional groups are there only for those who take them. */
export interface GlanceRoute {
  id: string;
  title: string;
  groups: readonly { title: string; lessons: readonly string[] }[];
}

/**
 * What is drawn before the database can answer: a copy of facts, kept in localStorage. The database is right whenever the
 * two differ.
 */
export interface Glance {
  done: readonly string[];
  /** When flash cards are due, and how many at each time. */
  cards?: readonly (readonly [dueMs: number, count: number])[];
  /** The chosen route; without one the course is in the order of its parts. */
  route?: GlanceRoute;
}

/** The copy; empty at the first visit and where the browser refuses storage. */
export function readGlance(): Glance {
  const { done, route, cards } = readObject(localStore()?.getItem(GLANCE));
  return {
    done: isStrings(done) ? done : [],
    ...(isCards(cards) ? { cards } : {}),
    ...(isRoute(route) ? { route } : {}),
  };
}

/**
 * Copies from the database which lessons are done and when cards are due. `route` is what `routeOfId` makes of the id of
 * the chosen route; a page that does not know the routes leaves it out, and the copy keeps the route that it has.
 */
export async function refreshGlance(
  routeOfId?: (id: string, extras: boolean) => GlanceRoute | undefined,
): Promise<void> {
  const lessons = [...(await readAll('lesson/'))];
  const done = lessons.flatMap(([key, { done }]) => (done?.[0] === true ? [key.slice('lesson/'.length)] : []));
  let { route } = readGlance();
  if (routeOfId) {
    const choice = (await readAll('choice')).get('choice');
    const id = choice?.['route']?.[0];
    route = typeof id === 'string' && id !== '' ? routeOfId(id, choice?.['extras']?.[0] === true) : undefined;
  }
  const cards = dueTimes(await readAll('card/'));
  const glance: Glance = {
    done,
    ...(cards.length > 0 ? { cards } : {}),
    ...(route ? { route } : {}),
  };
  localStore()?.setItem(GLANCE, JSON.stringify(glance));
  // Other tabs hear of it by the browser's `storage` event, this one does not.
  dispatchEvent(new Event(GLANCE));
}

/** Cards counted by when they are due: many share a morning, so this stays short however many there are. */
function dueTimes(cards: AllFacts): [dueMs: number, count: number][] {
  const counts = new Map<number, number>();
  for (const facts of cards.values()) {
    const review = reviewIn(facts);
    if (review) counts.set(review.dueMs, (counts.get(review.dueMs) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other);
}

function isCards(value: unknown): value is [number, number][] {
  return (
    Array.isArray(value) &&
    value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite))
  );
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

function isRoute(value: unknown): value is GlanceRoute {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, groups } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof title !== 'string' || !Array.isArray(groups)) return false;
  return groups.every(
    (group: unknown) =>
      typeof group === 'object' &&
      group !== null &&
      typeof (group as Record<string, unknown>)['title'] === 'string' &&
      isStrings((group as Record<string, unknown>)['lessons']),
  );
}
