import { element } from '../../../dom/element.ts';
import { bytesOfId, escaped } from '../bytes.ts';
import type { TreeRow } from '../key-tree.ts';

/** Where a row stands and what is known of it. */
export interface RowPlace {
  index: number;
  /** In pixels. */
  height: number;
  domId: string;
  /** Of a key; empty while it is not known. */
  type: string;
}

/** A row of the tree on the page. It is drawn again by changing what has changed. */
export class RowElement {
  readonly root: HTMLElement;
  readonly #folder: boolean;
  readonly #twist = element('span', { class: 'rk-twist', 'aria-hidden': 'true' });
  readonly #name = element('span', { class: 'rk-name' });
  readonly #what: HTMLElement;

  constructor({ kind, id }: TreeRow) {
    this.#folder = kind === 'folder';
    this.#what = element('span', { class: this.#folder ? 'rk-count' : 'rk-type' });
    const attributes = { class: 'rk-row', role: 'treeitem', title: escaped(bytesOfId(id)) };
    this.root = element('div', attributes, this.#twist, this.#name, ' ', this.#what);
  }

  show(row: TreeRow, { index, height, domId, type }: RowPlace): void {
    const { root } = this;
    root.id = domId;
    root.dataset['index'] = String(index);
    root.ariaLevel = String(row.level);
    root.ariaPosInSet = String(row.position);
    root.ariaSetSize = String(row.siblings);
    if (this.#folder) root.ariaExpanded = String(row.expanded);
    setText(this.#twist, this.#folder ? (row.expanded ? '▾' : '▸') : '');
    setText(this.#name, row.label);
    setText(
      this.#what,
      this.#folder ? `${row.keys.toLocaleString('en')}\u00a0${row.keys === 1 ? 'key' : 'keys'}` : type,
    );
    root.style.setProperty('top', `${index * height}px`);
    root.style.setProperty('height', `${height}px`);
    root.style.setProperty('--level', String(Math.min(row.level, 8)));
  }

  /** Whether the keyboard is at it, and whether its key is shown beside. */
  mark(active: boolean, selected: boolean): void {
    this.root.toggleAttribute('data-active', active);
    if (!this.#folder) this.root.ariaSelected = String(selected);
  }
}

function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
