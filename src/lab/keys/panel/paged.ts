import type { Page, PageQuery } from '../values/page.ts';
import { pageSize } from '../page-size.ts';
import { Pager } from './item-table.ts';
import type { OpenKey } from './value-view.ts';

/** Which page of a value is shown, and the buttons to turn it. */
export class Paging {
  readonly pager: Pager;
  match = '';
  readonly #first: string;
  readonly #one: string;
  readonly #many: string;
  #from: string;
  #next: string | undefined;
  /** Elements before this page; of those that come by cursor it is what was given so far. */
  #before = 0;
  #shown = 0;
  #length = 1;

  /**
   * @param first where the first page begins
   * @param unit in the singular and the plural: `['entry', 'entries']`
   */
  constructor(open: OpenKey, first: string, [one, many]: readonly [string, string]) {
    this.#first = first;
    this.#from = first;
    this.#one = one;
    this.#many = many;
    this.pager = new Pager(
      () => {
        this.toFirst();
        open.reload();
      },
      () => {
        if (this.#next === undefined) return;
        this.#from = this.#next;
        this.#before += this.#shown;
        open.reload();
      },
    );
  }

  toFirst(): void {
    this.#from = this.#first;
    this.#before = 0;
  }

  query(memoryBytes: number): PageQuery {
    return { from: this.#from, count: pageSize(memoryBytes, this.#length), match: this.match };
  }

  /** Takes note of a page that has come and says where one is. */
  note<Item>({ items, length, next }: Page<Item>): void {
    this.#length = length;
    this.#next = next;
    this.#shown = items.length;
    const all = length.toLocaleString('en');
    const from = (this.#before + 1).toLocaleString('en');
    const to = (this.#before + items.length).toLocaleString('en');
    const atFirst = this.#from === this.#first;
    const unit = length === 1 ? this.#one : this.#many;
    const whole = atFirst && next === undefined && this.match === '';
    const words = items.length === 0 ? `None here; ${all} ${unit} in all` : `${from} to ${to} of ${all} ${unit}`;
    this.pager.show(whole ? `${all} ${unit}` : words, atFirst, next === undefined);
  }
}
