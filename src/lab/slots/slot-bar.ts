import { SLOTS } from '../../../wasm-redis/lab/topology.ts';
import { element } from '../../dom/element.ts';
import { slotWords } from '../slot-words.ts';
import type { KeyCalculation } from './key-calculation.ts';
import type { SlotMap, SlotSpan } from './slot-map.ts';

/** Colours in slots.css; with more owners they begin again. */
const COLOURS = 6;
/** Narrower spans have no room for a name. */
const NAMED_FROM_SLOTS = 1500;
const TICKS = [0, 4096, 8192, 12288, 16383];
/** So that a bar with very many marks stays one that can be drawn. */
const MOST_MARKS = 200;

/** The 16,384 slots as a bar: who has them, which are on their way, and where keys fall. Its table says the same. */
export class SlotBar {
  readonly root = element('div', { class: 'sp-picture', role: 'img' });
  readonly #keys = element('div', { class: 'sp-keys' });
  readonly #bar = element('div', { class: 'sp-bar' });
  readonly #marks = element('div', { class: 'sp-marks' });

  constructor() {
    const ticks = TICKS.map((slot) => at(element('span', { class: 'sp-tick' }, String(slot)), slot));
    this.root.append(this.#keys, this.#bar, this.#marks, element('div', { class: 'sp-ticks' }, ...ticks));
  }

  show({ spans, owners, moving }: SlotMap): void {
    const order = owners.map(({ name }) => name).sort();
    const words = owners.map(({ name, ranges }) => `${name} has ${slotWords(ranges)}`);
    this.root.setAttribute('aria-label', `The slots from 0 to 16383. ${words.join('; ')}.`);
    this.#bar.replaceChildren(...spans.map((span) => segment(span, order)));
    const marks = moving.slice(0, MOST_MARKS);
    this.#marks.replaceChildren(
      ...marks.map(({ slot, to }) => {
        const mark = element('span', { class: 'sp-mark', title: `slot ${slot} to ${to}` }, '▲');
        mark.dataset['colour'] = colourOf(to, order);
        return at(mark, slot);
      }),
    );
    this.#marks.hidden = marks.length === 0;
  }

  /** Marks where keys fall. */
  showKeys(keys: readonly KeyCalculation[]): void {
    const slots = [...new Set(keys.map(({ slot }) => slot))];
    this.#keys.replaceChildren(...slots.map((slot) => at(element('span', { class: 'sp-key' }), slot)));
  }
}

/** The colour that an owner has in the bar and in the table. */
export function colourOf(owner: string, sortedOwners: readonly string[]): string {
  return String(Math.max(0, sortedOwners.indexOf(owner)) % COLOURS);
}

function segment({ first, last, owner, others }: SlotSpan, order: readonly string[]): HTMLElement {
  const count = last - first + 1;
  const name = owner ?? 'nobody';
  const made = element('div', { class: 'sp-span', title: `${slotWords([[first, last]])}: ${name}` });
  if (owner !== undefined) made.dataset['colour'] = colourOf(owner, order);
  if (others.length > 0) made.classList.add('sp-contested');
  if (count >= NAMED_FROM_SLOTS) made.append(element('span', {}, name));
  at(made, first);
  made.style.setProperty('width', `${(100 * count) / SLOTS}%`);
  return made;
}

function at<Made extends HTMLElement>(made: Made, slot: number): Made {
  made.style.setProperty('left', `${(100 * slot) / SLOTS}%`);
  return made;
}
