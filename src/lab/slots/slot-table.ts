import { element } from '../../dom/element.ts';
import { slotWords } from '../slot-words.ts';
import { colourOf } from './slot-bar.ts';
import type { MovingSlot, SlotMap } from './slot-map.ts';

/** What is said of more moves than this is their number. */
const MOST_MOVES = 20;

/** The owners and their ranges, what is on its way, and where nodes contradict each other, in words. */
export class SlotTable {
  readonly root = element('div', { class: 'sp-words' });
  readonly #body = element('tbody');
  readonly #moves = element('ul');
  readonly #contested = element('div', { class: 'sp-dispute' });
  #last = '';

  constructor() {
    const headings = ['Node', 'Slots', 'Ranges'].map((title, at) =>
      element('th', { scope: 'col', ...(at === 1 ? { class: 'sp-number' } : {}) }, title),
    );
    const scroll = { class: 'lp-scroll sp-scroll', tabindex: '0', role: 'region', 'aria-label': 'Slots by node' };
    this.root.append(
      element('div', scroll, element('table', {}, element('thead', {}, element('tr', {}, ...headings)), this.#body)),
      this.#moves,
      this.#contested,
    );
  }

  show(map: SlotMap): void {
    // Drawn anew only when something has changed, so that what is selected in it stays selected.
    const now = JSON.stringify(map);
    if (now === this.#last) return;
    this.#last = now;
    const order = map.owners.map(({ name }) => name).sort();
    const nobody = map.spans.filter(({ owner }) => owner === undefined);
    const rows = map.owners.map(({ name, count, ranges }) => {
      const sign = element('span', { class: 'sp-sign', 'aria-hidden': 'true' });
      sign.dataset['colour'] = colourOf(name, order);
      const head = element('th', { scope: 'row' }, sign, name);
      return element('tr', {}, head, numberCell(count), element('td', {}, slotWords(ranges)));
    });
    if (nobody.length > 0) {
      const count = nobody.reduce((sum, { first, last }) => sum + last - first + 1, 0);
      const ranges = slotWords(nobody.map(({ first, last }) => [first, last]));
      rows.push(
        element('tr', {}, element('th', { scope: 'row' }, 'nobody'), numberCell(count), element('td', {}, ranges)),
      );
    }
    this.#body.replaceChildren(...rows);
    this.#moves.replaceChildren(...moveWords(map.moving).map((words) => element('li', {}, words)));
    this.#moves.hidden = map.moving.length === 0;
    this.#showContested(map);
  }

  #showContested({ spans, silent, speakers }: SlotMap): void {
    const lines = spans
      .filter(({ others }) => others.length > 0)
      .map(({ first, last, owner, others }) => {
        const against = others.map((other) => `${other.owner} according to ${other.saidBy.join(', ')}`).join('; ');
        return `${slotWords([[first, last]])}: ${owner ?? 'nobody'} according to most nodes, ${against}.`;
      });
    const parts: Node[] = [];
    if (lines.length > 0) {
      parts.push(element('p', { class: 'sp-warn' }, 'The nodes disagree:'));
      parts.push(element('ul', {}, ...lines.map((line) => element('li', {}, line))));
    } else parts.push(element('p', {}, `${speakers.length} ${speakers.length === 1 ? 'node says' : 'nodes say'} so.`));
    if (silent.length > 0) parts.push(element('p', { class: 'sp-warn' }, `No answer from ${silent.join(', ')}.`));
    this.#contested.replaceChildren(...parts);
  }
}

function moveWords(moving: readonly MovingSlot[]): string[] {
  const words = moving.slice(0, MOST_MOVES).map(({ slot, from, to, saidBy }) => {
    if (saidBy === 'both') return `Slot ${slot} is moving: migrating on ${from}, importing on ${to}.`;
    if (saidBy === 'source')
      return `Slot ${slot} is migrating on ${from}, to ${to}, which does not say that it imports it.`;
    return `Slot ${slot} is importing on ${to}, from ${from}, which does not say that it migrates it.`;
  });
  if (moving.length > MOST_MOVES) words.push(`And ${moving.length - MOST_MOVES} more.`);
  return words;
}

function numberCell(count: number): HTMLElement {
  return element('td', { class: 'sp-number' }, count.toLocaleString('en'));
}
