import { element } from '../../../dom/element.ts';
import type { TreeRow } from '../key-tree.ts';
import { treeMove } from '../tree-keys.ts';
import { RowElement } from './row-element.ts';

/** Rows drawn before and after those that can be seen, so that scrolling shows no gap. */
const SPARE_ROWS = 8;
/** A finger needs 44 pixels. */
const TOUCH = '(pointer: coarse), (max-width: 50rem)';

export interface TreeListener {
  onToggle(id: string, expand: boolean): void;
  onOpen(id: string): void;
  /** These keys can be seen and have no type yet. */
  onSeen(ids: readonly string[]): void;
}

/**
 * The tree of keys on the page. Only rows near the visible part are elements, so 10,000 keys cost no more than 50. The tree
 * keeps the focus itself and names the active row (`aria-activedescendant`), so that a row may go when it is scrolled away.
 */
export class TreeView {
  readonly root = element('div', { class: 'rk-tree', role: 'tree', 'aria-label': 'Keys', tabindex: '0' });
  readonly #content = element('div', { class: 'rk-rows', role: 'none' });
  readonly #listener: TreeListener;
  readonly #touch = matchMedia(TOUCH);
  readonly #name: string;
  /** Drawn rows by their names. They stay while they are near: a press on a row that is replaced would be lost. */
  #drawn = new Map<string, RowElement>();
  #rows: readonly TreeRow[] = [];
  #types: ReadonlyMap<string, string> = new Map();
  /** Of the row that keys of the keyboard act on. */
  #active = '';
  #selected: string | undefined;
  #drawing = 0;

  /** @param name of the panel, unique on the page: rows have ids */
  constructor(name: string, listener: TreeListener) {
    this.#name = name;
    this.#listener = listener;
    this.root.append(this.#content);
    this.root.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.#content.addEventListener('click', (event) => this.#onClick(event));
  }

  /** Shows rows; the active and the selected one stay what they were, where they are still there. */
  show(rows: readonly TreeRow[], types: ReadonlyMap<string, string>, selected: string | undefined): void {
    this.#rows = rows;
    this.#types = types;
    this.#selected = selected;
    this.root.hidden = rows.length === 0;
    if (!rows.some(({ id, kind }) => rowName(kind, id) === this.#active)) {
      const row = rows.find(({ id, kind }) => kind === 'key' && id === selected) ?? rows[0];
      this.#active = row ? rowName(row.kind, row.id) : '';
    }
    this.#draw();
  }

  /** Brings a key's row into view, if it has one. */
  reveal(id: string): void {
    const index = this.#rows.findIndex((row) => row.kind === 'key' && row.id === id);
    if (index >= 0) this.#activate(index);
  }

  close(): void {
    cancelAnimationFrame(this.#drawing);
  }

  get #rowHeight(): number {
    return this.#touch.matches ? 44 : 30;
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const height = this.#rowHeight;
    const first = Math.max(0, Math.floor(this.root.scrollTop / height) - SPARE_ROWS);
    const last = Math.ceil((this.root.scrollTop + this.root.clientHeight) / height) + SPARE_ROWS;
    this.#content.style.setProperty('height', `${this.#rows.length * height}px`);
    const active = this.#activeIndex;
    const indices = this.#rows.flatMap((_, at) => ((at >= first && at < last) || at === active ? [at] : []));
    const before = this.#drawn;
    this.#drawn = new Map();
    indices.forEach((index, at) => {
      const row = this.#rows[index]!;
      const name = rowName(row.kind, row.id);
      const drawn = before.get(name) ?? new RowElement(row);
      this.#drawn.set(name, drawn);
      drawn.show(row, { index, height, domId: `${this.#name}-${index}`, type: this.#types.get(row.id) ?? '' });
      drawn.mark(index === active, row.id === this.#selected);
      const there = this.#content.children[at];
      if (there !== drawn.root) this.#content.insertBefore(drawn.root, there ?? null);
    });
    for (const [name, { root }] of before) if (!this.#drawn.has(name)) root.remove();
    if (active >= 0) this.root.setAttribute('aria-activedescendant', `${this.#name}-${active}`);
    else this.root.removeAttribute('aria-activedescendant');
    const seen = indices.flatMap((index) => {
      const row = this.#rows[index]!;
      return row.kind === 'key' && !this.#types.has(row.id) ? [row.id] : [];
    });
    if (seen.length > 0) this.#listener.onSeen(seen);
  }

  get #activeIndex(): number {
    return this.#rows.findIndex(({ kind, id }) => rowName(kind, id) === this.#active);
  }

  #activate(index: number): void {
    const row = this.#rows[index];
    if (!row) return;
    this.#active = rowName(row.kind, row.id);
    const top = index * this.#rowHeight;
    const { scrollTop, clientHeight } = this.root;
    if (top < scrollTop) this.root.scrollTop = top;
    else if (top + this.#rowHeight > scrollTop + clientHeight)
      this.root.scrollTop = top + this.#rowHeight - clientHeight;
    this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const done = treeMove(this.#rows, this.#activeIndex, event.key);
    if (!done) return;
    event.preventDefault();
    if (done.move === 'to') this.#activate(done.index);
    else this.#act(this.#rows[done.index]!);
  }

  #onClick({ target }: MouseEvent): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.rk-row') : null;
    if (!row) return;
    const index = Number(row.dataset['index']);
    this.#activate(index);
    this.#act(this.#rows[index]!);
  }

  #act(row: TreeRow): void {
    if (row.kind === 'folder') this.#listener.onToggle(row.id, !row.expanded);
    else this.#listener.onOpen(row.id);
  }
}

/** A key may be called as a folder is. */
function rowName(kind: TreeRow['kind'], id: string): string {
  return `${kind} ${id}`;
}
