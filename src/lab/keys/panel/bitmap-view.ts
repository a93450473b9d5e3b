import { element } from '../../../dom/element.ts';
import { bitMove, bitmapCommands, type BitPage, PAGE_ROWS, readBitmap, ROW_BITS, setBit } from '../values/bitmap.ts';
import { button, field, form, keepingFocus, line } from './field.ts';
import type { OpenKey, ValueView } from './value-view.ts';

/** A string as a grid of bits, each of which a press toggles. Arrow keys go from bit to bit. */
export class BitmapView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #words = element('p', { class: 'rk-note' });
  readonly #grid = element('div', { class: 'rk-bits', role: 'grid', 'aria-label': 'Bits', tabindex: '-1' });
  #first = 0;
  /** Of the bit that the keyboard is at, within the page. */
  #at = 0;
  #page: BitPage | undefined;

  constructor(open: OpenKey) {
    this.#open = open;
    const offset = line({ inputmode: 'numeric', pattern: '[0-9]+', value: '0' });
    const go = form('Go to a bit', 'Go', () => this.#turn(Number(offset.value)), field('Bit', offset));
    const back = button('Previous bits', () => this.#turn(this.#first - ROW_BITS * PAGE_ROWS));
    const on = button('Next bits', () => this.#turn(this.#first + ROW_BITS * PAGE_ROWS));
    this.#grid.addEventListener('click', ({ target }) => this.#press(target));
    this.#grid.addEventListener('keydown', (event) => this.#onKey(event));
    this.root = element('div', {}, this.#words, this.#grid, element('div', { class: 'rk-pager' }, back, on), go);
  }

  /** A toggle is written at once. */
  get editing(): boolean {
    return false;
  }

  async load(): Promise<void> {
    this.#page = readBitmap(await this.#open.read(bitmapCommands(this.#open.key, this.#first)), this.#first);
    this.#first = this.#page.first;
    keepingFocus(this.#grid, () => this.#draw(this.#page!));
  }

  #draw({ first, bits, lengthBits, set }: BitPage): void {
    this.#words.textContent =
      `${set.toLocaleString('en')} of ${lengthBits.toLocaleString('en')} bits are 1 (BITCOUNT). Shown are bits ` +
      `${first.toLocaleString('en')} to ${(first + bits.length - 1).toLocaleString('en')}; those beyond the end are dotted, and setting one makes the string longer.`;
    const rows = Array.from({ length: PAGE_ROWS }, (_, row) => {
      const cells = bits.slice(row * ROW_BITS, (row + 1) * ROW_BITS).map((bit, column) => {
        const at = row * ROW_BITS + column;
        const offset = first + at;
        return element(
          'div',
          { role: 'gridcell' },
          element(
            'button',
            {
              type: 'button',
              'data-at': String(at),
              'data-focus': String(offset),
              'data-behind': offset >= lengthBits,
              'data-set': bit === 1,
              'aria-label': `Bit ${offset}: ${bit}`,
              tabindex: at === this.#at ? '0' : '-1',
            },
            String(bit),
          ),
        );
      });
      const head = element('div', { role: 'rowheader' }, String(first + row * ROW_BITS));
      return element('div', { role: 'row' }, head, ...cells);
    });
    this.#grid.replaceChildren(...rows);
  }

  #press(target: EventTarget | null): void {
    const pressed = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
    const page = this.#page;
    if (!pressed || !page) return;
    this.#at = Number(pressed.dataset['at']);
    const bit = page.bits[this.#at] === 1 ? 0 : 1;
    void this.#open.edit(
      () => setBit(this.#open.key, page.first + this.#at, bit),
      ([reply]) => (reply?.kind === 'integer' ? `The reply is what the bit was before: ${reply.value}.` : ''),
    );
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = bitMove(this.#at, event.key);
    if (at === undefined) return;
    event.preventDefault();
    this.#grid.querySelector(`[data-at="${this.#at}"]`)?.setAttribute('tabindex', '-1');
    this.#at = at;
    const next = this.#grid.querySelector<HTMLElement>(`[data-at="${at}"]`);
    next?.setAttribute('tabindex', '0');
    next?.focus();
  }

  #turn(first: number): void {
    if (!Number.isSafeInteger(first)) return;
    // Redis takes offsets of bits up to 512 MB.
    this.#first = Math.max(0, Math.min(first, 2 ** 32 - 1));
    this.#at = 0;
    this.#open.reload();
  }
}
