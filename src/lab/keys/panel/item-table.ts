import { element } from '../../../dom/element.ts';
import { escaped } from '../bytes.ts';
import { ELEMENT_BYTES } from '../page-size.ts';
import { button, keepingFocus, line } from './field.ts';

/** Something that can be done with a row. */
export interface RowAction {
  label: string;
  act: () => void;
}

export interface Row {
  /** Unique in the table. */
  id: string;
  /** What the row is about, for the names of its buttons. */
  name: string;
  cells: readonly (Node | string)[];
  /** A cell that can be edited in its place. */
  edit?: {
    cell: number;
    text: string;
    /** Resolves with whether it was done; if not, the line stays open. */
    save: (input: HTMLInputElement) => Promise<boolean>;
  };
  actions?: readonly RowAction[];
}

/** Rows of a value, with buttons at the end of each, and pages. It scrolls by itself when it is too wide. */
export class ItemTable {
  readonly root: HTMLElement;
  readonly #headers: readonly string[];
  readonly #caption: string;

  constructor(caption: string, headers: readonly string[]) {
    this.#caption = caption;
    this.#headers = headers;
    // What scrolls has to be reached by the keyboard.
    this.root = element('div', { class: 'lp-scroll rk-table', role: 'region', 'aria-label': caption, tabindex: '0' });
  }

  /** Whether a cell is being edited, which drawing anew would end. */
  get editing(): boolean {
    return this.root.querySelector('[data-editing]') !== null;
  }

  show(rows: readonly Row[], empty = 'Nothing on this page.'): void {
    const body = rows.map((row) => this.#row(row));
    const nothing = element('tr', {}, element('td', { colspan: String(this.#headers.length + 1) }, empty));
    keepingFocus(this.root, () => {
      this.root.replaceChildren(
        element(
          'table',
          {},
          element('caption', { class: 'sr-only' }, this.#caption),
          element(
            'thead',
            {},
            element(
              'tr',
              {},
              ...this.#headers.map((header) => element('th', { scope: 'col' }, header)),
              element('th', { scope: 'col' }, element('span', { class: 'sr-only' }, 'Actions')),
            ),
          ),
          element('tbody', {}, ...(body.length > 0 ? body : [nothing])),
        ),
      );
    });
  }

  #row(row: Row): HTMLTableRowElement {
    const cells = row.cells.map((cell) => element('td', {}, cell));
    const actions = (row.actions ?? []).map(({ label, act }) =>
      button(label, act, { 'aria-label': `${label} ${row.name}`, 'data-focus': `${label} ${row.id}` }),
    );
    const { edit } = row;
    if (edit) {
      const begin = button('Edit', () => editCell(cells[edit.cell]!, row.name, edit.text, edit.save, begin), {
        'aria-label': `Edit ${row.name}`,
        'data-focus': `Edit ${row.id}`,
      });
      actions.unshift(begin);
    }
    return element('tr', {}, ...cells, element('td', { class: 'rk-actions' }, ...actions));
  }
}

function editCell(
  cell: HTMLElement,
  name: string,
  text: string,
  save: (input: HTMLInputElement) => Promise<boolean>,
  begin: HTMLButtonElement,
): void {
  if (cell.dataset['editing'] !== undefined) return;
  const shown = [...cell.childNodes];
  const input = line({ 'aria-label': `New value of ${name}` });
  input.value = text;
  const end = (): void => {
    delete cell.dataset['editing'];
    cell.replaceChildren(...shown);
    begin.focus();
  };
  const attempt = async (): Promise<void> => {
    // Not editing any more, so that the page may be drawn anew by what was saved.
    delete cell.dataset['editing'];
    begin.focus();
    if (await save(input)) return;
    cell.dataset['editing'] = '';
    if (cell.isConnected) input.focus();
  };
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') void attempt();
    if (event.key === 'Escape') end();
  });
  cell.dataset['editing'] = '';
  cell.replaceChildren(
    element(
      'div',
      { class: 'rk-edit' },
      input,
      button('Save', () => void attempt()),
      button('Cancel', end),
    ),
  );
  input.select();
  input.focus();
}

/** Bytes in a cell: as text with escapes, cut where they are long. */
export function bytesCell(bytes: Uint8Array): HTMLElement {
  const shown = escaped(bytes.subarray(0, ELEMENT_BYTES));
  if (bytes.length <= ELEMENT_BYTES) return element('span', { class: 'rk-bytes' }, shown === '' ? '(empty)' : shown);
  const rest = `… (${bytes.length.toLocaleString('en')} bytes)`;
  return element('span', { class: 'rk-bytes' }, shown, element('span', { class: 'rk-note' }, rest));
}

/** Longer ones are not edited in a line. */
const LONGEST_LINE_BYTES = 100_000;

/** Of a row: the cell that shows these bytes can be edited, unless they are too many for a line. `save` as in `Row`. */
export function bytesEdit(
  cell: number,
  bytes: Uint8Array,
  save: (input: HTMLInputElement) => Promise<boolean>,
): Pick<Row, 'edit'> {
  return bytes.length > LONGEST_LINE_BYTES ? {} : { edit: { cell, text: escaped(bytes), save } };
}

/** Where one is in a value, and the way on. */
export class Pager {
  readonly root = element('div', { class: 'rk-pager' });
  readonly #words = element('span', {});
  readonly #first: HTMLButtonElement;
  readonly #next: HTMLButtonElement;

  constructor(toFirst: () => void, toNext: () => void) {
    this.#first = button('First page', toFirst);
    this.#next = button('Next page', toNext);
    this.root.append(this.#words, this.#first, this.#next);
  }

  show(words: string, atFirst: boolean, atLast: boolean): void {
    this.#words.textContent = words;
    const nowhere = atFirst && atLast;
    this.#first.hidden = nowhere;
    this.#next.hidden = nowhere;
    // Not `disabled`, which would drop the focus of whoever has just pressed it.
    this.#first.setAttribute('aria-disabled', String(atFirst));
    this.#next.setAttribute('aria-disabled', String(atLast));
  }
}
