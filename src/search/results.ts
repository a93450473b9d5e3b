import { element } from '../dom/element.ts';
import type { FoundPage } from './pagefind.ts';

/** Headings of one page that are shown. */
const MOST_HEADINGS = 3;

/** A list of found pages, each with the places in it. Nothing from the index becomes markup. */
export function resultList(pages: readonly FoundPage[]): HTMLElement {
  const items = pages.map((page) => {
    const places = page.sub_results.slice(0, MOST_HEADINGS).map((place) => {
      const title = place.url.includes('#') ? place.title : (page.meta.title ?? place.title);
      return element(
        'a',
        { href: place.url, class: place.url.includes('#') ? 'place' : 'place first' },
        element('strong', {}, title),
        element('span', {}, ...excerptNodes(place.excerpt)),
      );
    });
    const isHeaded = page.sub_results[0] && !page.sub_results[0].url.includes('#');
    const heading = isHeaded
      ? []
      : [element('a', { href: page.url, class: 'place first' }, element('strong', {}, page.meta.title ?? page.url))];
    return element('li', {}, ...heading, ...places);
  });
  return element('ul', { class: 'results' }, ...items);
}

/** An excerpt as text, with `mark` elements where Pagefind put them. */
export function excerptNodes(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...parsed.body.childNodes].map((node) =>
    node.nodeName === 'MARK'
      ? element('mark', {}, node.textContent ?? '')
      : document.createTextNode(node.textContent ?? ''),
  );
}
