import { element } from '../../dom/element.ts';
import { newest, type RowWindow, windowAround } from './row-window.ts';
import type { NamedRow } from './wire-filter.ts';

const PAGE_ROWS = 10;
/** Longer ones are cut; the details have all. */
const LONGEST_SUMMARY = 300;

/** A row's time of day by the machine's clock, with milliseconds. */
export function timeOfDay(epochMs: number, uptimeMs: number): string {
  return new Date(epochMs + uptimeMs).toISOString().slice(11, 23);
}

/**
 * The rows as a list from which one is chosen, by pointer or keys. It shows a hundred at a time and follows the newest until
 * one is chosen; Escape lets it follow again.
 */
export class RowList {
  readonly root = element('div', {
    class: 'lp-text wp-list',
    role: 'listbox',
    tabindex: '0',
    'aria-label': 'What has passed',
  });
  epochMs = 0;
  readonly #onChoose: (chosen: NamedRow | undefined) => void;
  #rows: readonly NamedRow[] = [];
  #window: RowWindow = { first: 0, end: 0 };
  #chosenId: number | undefined;
  readonly #drawn = new Map<number, HTMLElement>();

  constructor(onChoose: (chosen: NamedRow | undefined) => void) {
    this.#onChoose = onChoose;
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
    this.root.addEventListener('click', (event) => {
      const id = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
      if (id !== undefined) this.#choose(this.#rows.findIndex(({ row }) => row.id === Number(id)));
    });
  }

  /** Whether it follows the newest. */
  get follows(): boolean {
    return this.#chosenId === undefined;
  }

  show(rows: readonly NamedRow[]): void {
    this.#rows = rows;
    const chosen = this.#chosenIndex();
    if (this.#chosenId !== undefined && chosen < 0) this.#choose(-1);
    else this.#window = chosen < 0 ? newest(rows.length) : windowAround(chosen, this.#window, rows.length);
    this.#draw();
    if (this.follows) this.root.scrollTop = this.root.scrollHeight;
  }

  #chosenIndex(): number {
    return this.#chosenId === undefined ? -1 : this.#rows.findIndex(({ row }) => row.id === this.#chosenId);
  }

  /** @param index -1 for none: the list follows the newest again */
  #choose(index: number): void {
    const chosen = this.#rows[index];
    this.#chosenId = chosen?.row.id;
    this.#window = chosen ? windowAround(index, this.#window, this.#rows.length) : newest(this.#rows.length);
    this.#draw();
    const drawn = chosen && this.#drawn.get(chosen.row.id);
    if (drawn) drawn.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    else this.root.scrollTop = this.root.scrollHeight;
    this.#onChoose(chosen);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.#rows.length - 1;
    const at = this.#chosenIndex();
    const from = at < 0 ? last + 1 : at;
    const goals: Record<string, number> = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - PAGE_ROWS,
      PageDown: from + PAGE_ROWS,
      Home: 0,
      End: last,
    };
    const goal = goals[event.key];
    if (event.key === 'Escape' && at >= 0) this.#choose(-1);
    else if (goal !== undefined && last >= 0) this.#choose(Math.min(last, Math.max(0, goal)));
    else return;
    event.preventDefault();
  }

  #draw(): void {
    const shown = this.#rows.slice(this.#window.first, this.#window.end);
    const ids = new Set(shown.map(({ row }) => row.id));
    for (const [id, drawn] of this.#drawn) {
      if (ids.has(id)) continue;
      drawn.remove();
      this.#drawn.delete(id);
    }
    shown.forEach((named, index) => {
      const drawn = this.#drawn.get(named.row.id) ?? this.#add(named);
      if (this.root.children[index] !== drawn) this.root.insertBefore(drawn, this.root.children[index] ?? null);
      drawn.setAttribute('aria-selected', String(named.row.id === this.#chosenId));
      drawn.setAttribute('aria-posinset', String(this.#window.first + index + 1));
      drawn.setAttribute('aria-setsize', String(this.#rows.length));
    });
    if (this.#chosenId === undefined) this.root.removeAttribute('aria-activedescendant');
    else this.root.setAttribute('aria-activedescendant', `wp-row-${String(this.#chosenId)}`);
  }

  #add({ row, from, to, summary }: NamedRow): HTMLElement {
    const text = summary.length > LONGEST_SUMMARY ? `${summary.slice(0, LONGEST_SUMMARY)}...` : summary;
    const made = element(
      'div',
      { role: 'option', id: `wp-row-${String(row.id)}`, class: `wp-row wp-${row.kind}` },
      element('span', { class: 'wp-time' }, timeOfDay(this.epochMs, row.uptimeMs)),
      element('span', { class: 'wp-ends' }, `${from} → ${to}`),
      element('span', { class: 'wp-summary' }, row.lost && row.kind !== 'tcp' ? `(lost) ${text}` : text),
    );
    made.dataset['row'] = String(row.id);
    this.#drawn.set(row.id, made);
    return made;
  }
}
