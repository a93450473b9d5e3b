import type { APIRoute, GetStaticPaths } from 'astro';
import { getCollection } from 'astro:content';
import { cardsOf, type Card } from './card.ts';

/** `/review/<lesson>.json`: the cards of each lesson, fetched by the page that shows those that are due. */
export const getStaticPaths = (async () => {
  const lessons = await getCollection('docs', ({ id, data }) => id.startsWith('lessons/') && !data.draft);
  return lessons.map(({ id, body = '' }) => ({
    params: { lesson: id.slice('lessons/'.length) },
    props: { cards: cardsOf(body) },
  }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ cards: Card[] }> = ({ props: { cards } }) => Response.json(cards);
