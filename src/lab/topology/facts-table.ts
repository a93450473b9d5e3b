import { element } from '../../dom/element.ts';
import type { NodeCard } from './node-card.ts';

const COLUMNS: readonly (readonly [heading: string, of: (card: NodeCard) => string])[] = [
  ['Role', ({ role }) => role],
  ['Address', ({ address }) => address],
  ['State', ({ statusText }) => statusText],
  ['Link to its primary', ({ link }) => link?.text ?? ''],
  ['Offset', ({ offset }) => offset],
  ['Keys', ({ keys }) => keys],
  ['Memory', ({ memory }) => memory],
  ['Epoch', ({ epoch }) => epoch],
  ['Slots', ({ slots }) => slots],
  ['Others say', ({ accusations }) => accusations.join('; ')],
];

/** The same as the picture, as a table that is changed cell by cell. */
export class FactsTable {
  readonly root: HTMLElement;
  readonly #body = element('tbody');

  constructor(caption: string) {
    const headings = ['Node', ...COLUMNS.map(([heading]) => heading)];
    this.root = element(
      'div',
      // It may be wider than the page: then it scrolls by itself, with the keyboard too.
      { class: 'lp-scroll tp-scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      element(
        'table',
        {},
        element('caption', { class: 'sr-only' }, caption),
        element('thead', {}, element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text)))),
        this.#body,
      ),
    );
  }

  show(cards: readonly NodeCard[]): void {
    const names = [...this.#body.rows].map((row) => row.dataset['node']);
    if (names.join() !== cards.map(({ name }) => name).join()) {
      this.#body.replaceChildren(
        ...cards.map(({ name }) =>
          element(
            'tr',
            { 'data-node': name },
            element('th', { scope: 'row' }, name),
            ...COLUMNS.map(() => element('td')),
          ),
        ),
      );
    }
    cards.forEach((card, at) => {
      COLUMNS.forEach(([, of], column) => {
        const cell = this.#body.rows[at]?.cells[column + 1];
        const text = of(card);
        if (cell && cell.textContent !== text) cell.textContent = text;
      });
    });
  }
}
