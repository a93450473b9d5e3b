import { element } from '../../../dom/element.ts';
import { escaped, idOf } from '../bytes.ts';
import {
  addMember,
  hashCommands,
  readHash,
  readSet,
  removeField,
  removeMember,
  setCommands,
  setField,
} from '../values/set.ts';
import { bytesTyped, field, form, line } from './field.ts';
import { bytesCell, bytesEdit, ItemTable, type Row } from './item-table.ts';
import { Paging } from './paged.ts';
import { type OpenKey, type ValueView, whenZero } from './value-view.ts';

/** A set: its members as SSCAN gives them, in no order. */
export class SetView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #table = new ItemTable('Members of the set', ['Member']);
  readonly #paging: Paging;

  constructor(open: OpenKey) {
    this.#open = open;
    this.#paging = new Paging(open, '0', ['member', 'members']);
    const filter = filterForm('Members matching', this.#paging, open);
    this.root = element('div', { class: 'rk-value' }, filter, this.#paging.pager.root, this.#table.root, this.#add());
  }

  get editing(): boolean {
    return this.#table.editing;
  }

  async load(): Promise<void> {
    const { key, memoryBytes } = this.#open;
    const page = readSet(await this.#open.read(setCommands(key, this.#paging.query(memoryBytes))));
    this.#paging.note(page);
    this.#table.show(
      page.items.map((member): Row => ({
        id: idOf(member),
        name: `member ${escaped(member.subarray(0, 60))}`,
        cells: [bytesCell(member)],
        actions: [{ label: 'Remove', act: () => void this.#open.edit(() => removeMember(key, member)) }],
      })),
    );
  }

  #add(): HTMLElement {
    const member = line();
    const add = async (): Promise<void> => {
      const meaning = whenZero('It was already a member.');
      if (await this.#open.edit(() => addMember(this.#open.key, bytesTyped(member)), meaning)) member.value = '';
    };
    return form('Add a member', 'Add', () => void add(), field('New member', member));
  }
}

/** A hash: its fields as HSCAN gives them, in no order. */
export class HashView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #table = new ItemTable('Fields of the hash', ['Field', 'Value']);
  readonly #paging: Paging;

  constructor(open: OpenKey) {
    this.#open = open;
    this.#paging = new Paging(open, '0', ['field', 'fields']);
    const filter = filterForm('Fields matching', this.#paging, open);
    this.root = element('div', { class: 'rk-value' }, filter, this.#paging.pager.root, this.#table.root, this.#add());
  }

  get editing(): boolean {
    return this.#table.editing;
  }

  async load(): Promise<void> {
    const { key, memoryBytes } = this.#open;
    const page = readHash(await this.#open.read(hashCommands(key, this.#paging.query(memoryBytes))));
    this.#paging.note(page);
    this.#table.show(
      page.items.map(({ field: name, value }): Row => ({
        id: idOf(name),
        name: `field ${escaped(name.subarray(0, 60))}`,
        cells: [bytesCell(name), bytesCell(value)],
        ...bytesEdit(1, value, (input) => this.#open.edit(() => setField(key, name, bytesTyped(input)))),
        actions: [{ label: 'Remove', act: () => void this.#open.edit(() => removeField(key, name)) }],
      })),
    );
  }

  #add(): HTMLElement {
    const name = line();
    const value = line();
    const add = async (): Promise<void> => {
      const build = (): ReturnType<typeof setField> => setField(this.#open.key, bytesTyped(name), bytesTyped(value));
      if (!(await this.#open.edit(build, whenZero('The field existed and now has a new value.')))) return;
      name.value = '';
      value.value = '';
    };
    return form('Set a field', 'Set', () => void add(), field('Field', name), field('Value', value));
  }
}

/** Lets the server look for elements by a pattern. */
function filterForm(label: string, paging: Paging, open: OpenKey): HTMLElement {
  const pattern = line({ placeholder: '*' });
  const filter = (): void => {
    paging.match = pattern.value;
    paging.toFirst();
    open.reload();
  };
  return form('Filter', 'Filter', filter, field(label, pattern));
}
