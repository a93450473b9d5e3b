import { element } from '../../dom/element.ts';
import type { Place } from './lay-out.ts';
import type { NodeCard } from './node-card.ts';

/** What stands before a status, so that it does not depend on colour. */
const STATUS_SIGNS: Readonly<Record<NodeCard['status'], string>> = {
  ok: '●',
  locked: '◐',
  gone: '✕',
  silent: '○',
  unknown: '…',
};

/** One node in the picture. */
export class CardView {
  readonly root = element('div', { role: 'option', class: 'tp-card' });
  x = 0;
  y = 0;
  #shown = '';

  constructor(onChosen: () => void) {
    this.root.addEventListener('click', onChosen);
  }

  /** @param heightPx as all cards of the picture have it */
  moveTo({ x, y }: Place, heightPx: number): void {
    this.x = x;
    this.y = y;
    this.root.style.setProperty('transform', `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
    this.root.style.setProperty('height', `${heightPx}px`);
  }

  show(card: NodeCard): void {
    const text = JSON.stringify(card);
    if (text === this.#shown) return;
    this.#shown = text;
    this.root.className = `tp-card tp-is-${card.kind} tp-${card.status}`;
    const row = (className: string, ...words: string[]): HTMLElement[] =>
      words.some((word) => word !== '')
        ? [element('span', { class: className }, words.filter(Boolean).join(' · '))]
        : [];
    const facts = card.kind === 'sentinel' ? row('tp-fact', `epoch ${card.epoch}`) : factsOf(card, row);
    this.root.replaceChildren(
      element(
        'span',
        { class: 'tp-name' },
        element('span', { class: 'tp-sign', 'aria-hidden': 'true' }, STATUS_SIGNS[card.status]),
        card.name,
      ),
      element('span', { class: 'tp-role' }, card.role),
      element('span', { class: 'tp-address' }, card.address),
      ...facts,
      ...badNews(card, row),
    );
  }
}

type Row = (className: string, ...words: string[]) => HTMLElement[];

function factsOf(card: NodeCard, row: Row): HTMLElement[] {
  if (card.offset === '') return [];
  return [
    ...row('tp-fact', card.slots === '' ? '' : `slots ${card.slots.replace(/ \(.*/, '')}`),
    ...row('tp-fact', card.epoch === '' ? '' : `epoch ${card.epoch}`),
    ...row('tp-fact', offsetWords(card.offset)),
    // What is wrong takes the place of what matters less then.
    ...(card.status === 'ok' ? row('tp-fact', `${card.keys} keys`, card.memory) : []),
  ];
}

/** `2003, 4780 behind` in the width of a card: what is missing matters more than where it is. */
function offsetWords(offset: string): string {
  const [, behind] = /, (\d+) behind$/.exec(offset) ?? [];
  return behind === undefined ? `offset ${offset}` : `${behind} bytes behind`;
}

/** The first thing that is wrong; all of them stand in the table and in the details. */
function badNews({ status, statusText, link, accusations }: NodeCard, row: Row): HTMLElement[] {
  if (status !== 'ok') return row('tp-bad', statusText);
  if (link && !link.up) return row('tp-bad', link.text);
  return row('tp-bad', accusations[0] ?? '');
}
