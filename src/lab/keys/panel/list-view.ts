import { element } from '../../../dom/element.ts';
import {
  insertElement,
  listCommands,
  type ListElement,
  pushElement,
  readList,
  removeElement,
  setElement,
} from '../values/list.ts';
import { bytesTyped, field, form, line, select } from './field.ts';
import { bytesCell, bytesEdit, ItemTable, type Row } from './item-table.ts';
import { Paging } from './paged.ts';
import type { OpenKey, ValueView } from './value-view.ts';

/** A list, by index: push, set, insert beside a value, remove. */
export class ListView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #table = new ItemTable('Elements of the list', ['Index', 'Value']);
  readonly #paging: Paging;
  #length = 0;

  constructor(open: OpenKey) {
    this.#open = open;
    this.#paging = new Paging(open, '0', ['element', 'elements']);
    this.root = element(
      'div',
      { class: 'rk-value' },
      this.#paging.pager.root,
      this.#table.root,
      this.#push(),
      this.#insert(),
    );
  }

  get editing(): boolean {
    return this.#table.editing;
  }

  async load(): Promise<void> {
    const query = this.#paging.query(this.#open.memoryBytes);
    const page = readList(await this.#open.read(listCommands(this.#open.key, query)), query);
    this.#length = page.length;
    this.#paging.note(page);
    this.#table.show(page.items.map((item) => this.#row(item)));
  }

  #row({ index, value }: ListElement): Row {
    const { key } = this.#open;
    return {
      id: String(index),
      name: `element ${index}`,
      cells: [String(index), bytesCell(value)],
      ...bytesEdit(1, value, (input) => this.#open.edit(() => setElement(key, index, bytesTyped(input)))),
      actions: [
        {
          label: 'Remove',
          act: () =>
            void this.#open.edit(() => removeElement(key, index, this.#length, `to be removed ${crypto.randomUUID()}`)),
        },
      ],
    };
  }

  #push(): HTMLElement {
    const value = line();
    const end = select([
      ['tail', 'at the tail (RPUSH)'],
      ['head', 'at the head (LPUSH)'],
    ]);
    const push = async (): Promise<void> => {
      const build = (): ReturnType<typeof pushElement> =>
        pushElement(this.#open.key, end.value === 'head' ? 'head' : 'tail', bytesTyped(value));
      if (await this.#open.edit(build)) value.value = '';
    };
    return form('Push an element', 'Push', () => void push(), field('New element', value), field('Where', end));
  }

  #insert(): HTMLElement {
    const value = line();
    const pivot = line();
    const where = select([
      ['BEFORE', 'before'],
      ['AFTER', 'after'],
    ]);
    const insert = async (): Promise<void> => {
      const done = await this.#open.edit(
        () => {
          const side = where.value === 'BEFORE' ? 'BEFORE' : 'AFTER';
          return insertElement(this.#open.key, side, bytesTyped(pivot), bytesTyped(value));
        },
        ([reply]) =>
          reply?.kind === 'integer' && reply.value === -1 ? 'No element has this value, so nothing was inserted.' : '',
      );
      if (done) value.value = '';
    };
    const controls = [field('Insert', value), field('Where', where), field('The first element that is', pivot)];
    return form('Insert beside an element', 'Insert', () => void insert(), ...controls);
  }
}
