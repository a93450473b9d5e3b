import { element } from '../../dom/element.ts';

/** A column: its heading, and whether its cells are numbers, which stand at the right. */
export interface Column {
  title: string;
  numeric?: boolean;
}

/** A row, by a key that stays with it; its cells are texts, or elements that are made once. */
export interface Row {
  key: string;
  cells: readonly (string | (() => Node))[];
}

/**
 * A table that is drawn again and again: a row stays the same element as long as its key is there, so that a button in it
 * keeps the focus. It lies in a region of its own that scrolls sideways where there is little room.
 */
export class KeyedTable {
  readonly root: HTMLElement;
  readonly headings: readonly HTMLTableCellElement[];
  readonly #columns: readonly Column[];
  readonly #body = element('tbody');
  readonly #empty: HTMLElement;
  readonly #rows = new Map<string, HTMLTableRowElement>();

  /** @param empty said in place of rows */
  constructor(label: string, columns: readonly Column[], empty: string) {
    this.#columns = columns;
    this.headings = columns.map(({ title, numeric }) =>
      element('th', { scope: 'col', ...(numeric ? { class: 'll-number' } : {}) }, title),
    );
    this.#empty = element('p', { class: 'll-none' }, empty);
    this.root = element(
      'div',
      { class: 'lp-scroll ll-scroll', tabindex: '0', role: 'region', 'aria-label': label },
      element('table', {}, element('thead', {}, element('tr', {}, ...this.headings)), this.#body),
      this.#empty,
    );
  }

  draw(rows: readonly Row[]): void {
    this.#empty.hidden = rows.length > 0;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.#rows.delete(key);
    }
    rows.forEach(({ key, cells }, index) => {
      const row = this.#rows.get(key) ?? this.#add(key, cells);
      cells.forEach((cell, column) => {
        const place = row.cells[column]!;
        if (typeof cell === 'string' && place.textContent !== cell) place.textContent = cell;
      });
      // To move a row takes the focus from its button: only where it has another place.
      if (this.#body.rows[index] !== row) this.#body.insertBefore(row, this.#body.rows[index] ?? null);
    });
  }

  #add(key: string, cells: Row['cells']): HTMLTableRowElement {
    const row = element('tr');
    cells.forEach((cell, column) => {
      const attributes = this.#columns[column]?.numeric ? { class: 'll-number' } : {};
      row.append(element('td', attributes, ...(typeof cell === 'string' ? [] : [cell()])));
    });
    this.#rows.set(key, row);
    return row;
  }
}
