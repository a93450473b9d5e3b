import { element } from '../../dom/element.ts';
import { calculate, type KeyCalculation, keysIn, together } from './key-calculation.ts';
import { type SlotMap, spanAt } from './slot-map.ts';

const EXAMPLE = '{user:1000}.following\n{user:1000}.followers';

/** Keys are typed, and each one's way to its slot is shown; together they show whether one command may name them. */
export class KeyForm {
  readonly root = element('div', { class: 'sp-form' });
  readonly #text = element('textarea', { rows: '3', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' });
  readonly #body = element('tbody');
  readonly #table: HTMLElement;
  readonly #verdict = element('p', { role: 'status' });
  readonly #onKeys: (keys: readonly KeyCalculation[]) => void;
  #map: SlotMap | undefined;

  /** @param onKeys told of the keys after each change */
  constructor(onKeys: (keys: readonly KeyCalculation[]) => void) {
    this.#onKeys = onKeys;
    this.#text.value = EXAMPLE;
    this.#text.addEventListener('input', () => this.#show());
    const headings = ['Key', 'CRC16', 'Slot', 'Node', 'Hashed part'].map((title, at) =>
      element('th', { scope: 'col', ...(at === 1 || at === 2 ? { class: 'sp-number' } : {}) }, title),
    );
    const scroll = {
      class: 'lp-scroll sp-scroll',
      tabindex: '0',
      role: 'region',
      'aria-label': 'Keys and their slots',
    };
    this.#table = element(
      'div',
      scroll,
      element('table', {}, element('thead', {}, element('tr', {}, ...headings)), this.#body),
    );
    this.root.append(
      element('label', {}, element('span', {}, 'Keys, one per line'), this.#text),
      this.#table,
      this.#verdict,
    );
    this.#show();
  }

  /** Who has which slot; undefined where there is no cluster. */
  set map(map: SlotMap | undefined) {
    this.#map = map;
    this.#show();
  }

  #show(): void {
    const keys = keysIn(this.#text.value).map(calculate);
    this.#body.replaceChildren(...keys.map((key) => this.#row(key)));
    this.#table.hidden = keys.length === 0;
    this.#onKeys(keys);
    const words = verdict(keys, this.#map);
    if (this.#verdict.textContent !== words) this.#verdict.textContent = words;
  }

  #row({ before, hashed, after, hasTag, crc, slot }: KeyCalculation): HTMLElement {
    const key = element('code', {}, before, hasTag ? element('mark', {}, hashed) : hashed, after);
    const span = this.#map && spanAt(this.#map, slot);
    const owner = span ? (span.owner ?? 'nobody') : 'no cluster here';
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, key),
      element('td', { class: 'sp-number' }, `0x${crc.toString(16).padStart(4, '0')}`),
      element('td', { class: 'sp-number' }, String(slot)),
      element('td', {}, owner),
      element('td', {}, hasTag ? element('code', {}, hashed) : 'all of it'),
    );
  }
}

function verdict(keys: readonly KeyCalculation[], map: SlotMap | undefined): string {
  if (keys.length === 0) return 'Type a key to see its slot: CRC16 of the hashed part, modulo 16384.';
  const found = together(keys);
  const owner = found.allowed && map ? ` of ${spanAt(map, found.slot).owner ?? 'nobody'}` : '';
  if (found.allowed && keys.length === 1) return `Slot ${found.slot}${owner}.`;
  if (found.allowed) return `All in slot ${found.slot}${owner}: one command may name them together.`;
  return `In ${found.slots.length} slots: a command that names them together is refused with CROSSSLOT Keys in request don't hash to the same slot.`;
}
