import { element } from '../dom/element.ts';
import { PAGE_TITLE_ID } from '../site/page-title-id.ts';
import type { FoundPage } from './pagefind.ts';

/** Headings of one page that are shown. */
const MOST_HEADINGS = 3;

/** A list of found pages, each with the places in it. Nothing from the index becomes markup. */
export function resultList(pages: readonly FoundPage[]): HTMLElement {
  const items = pages.map((page) => {
    // What was found before the first heading is the page itself.
    const top = page.sub_results.find(({ url }) => !isBelowHeading(url));
    const places = page.sub_results.filter(({ url }) => isBelowHeading(url)).slice(0, MOST_HEADINGS);
    return element(
      'li',
      {},
      resultLink('first', page.url, page.meta.title ?? page.url, top?.excerpt),
      ...places.map(({ url, title, excerpt }) => resultLink('below', url, title, excerpt)),
    );
  });
  return element('ul', { class: 'results' }, ...items);
}

function isBelowHeading(url: string): boolean {
  return url.includes('#') && !url.endsWith(`#${PAGE_TITLE_ID}`);
}

function resultLink(kind: 'first' | 'below', href: string, title: string, excerpt: string | undefined): HTMLElement {
  const found = excerpt === undefined ? [] : [element('span', {}, ...excerptNodes(excerpt))];
  return element('a', { href, class: `place ${kind}` }, element('strong', {}, title), ...found);
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
