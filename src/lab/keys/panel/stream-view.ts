import { element } from '../../../dom/element.ts';
import { escaped, idOf } from '../bytes.ts';
import { duration } from '../key-facts.ts';
import {
  acknowledge,
  addEntry,
  createGroup,
  deliverNext,
  groupCommands,
  groupsCommands,
  readGroup,
  readGroups,
  readStream,
  removeEntry,
  removeGroup,
  streamCommands,
  type StreamEntry,
  type StreamGroup,
} from '../values/stream.ts';
import { button, bytesTyped, field, form, line, select } from './field.ts';
import { bytesCell, ItemTable, type Row } from './item-table.ts';
import { Paging } from './paged.ts';
import type { OpenKey, ValueView } from './value-view.ts';

/** Pending entries of a group that are shown: the oldest. */
const MOST_PENDING = 50;

/** A stream: its entries, and its groups with consumers and what they have not acknowledged. */
export class StreamView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #entries = new ItemTable('Entries of the stream', ['ID', 'Fields']);
  readonly #groups = new ItemTable('Consumer groups', ['Group', 'Consumers', 'Pending', 'Last delivered', 'Lag']);
  readonly #consumers = new ItemTable('Consumers', ['Consumer', 'Pending', 'Idle']);
  readonly #pending = new ItemTable('Pending entries', ['ID', 'Consumer', 'Idle', 'Deliveries']);
  readonly #group = element('section', { class: 'rk-group', hidden: true });
  readonly #groupTitle = element('h5', {});
  readonly #paging: Paging;
  #shown: Uint8Array | undefined;

  constructor(open: OpenKey) {
    this.#open = open;
    this.#paging = new Paging(open, '-', ['entry', 'entries']);
    this.#group.append(this.#groupTitle, this.#consumers.root, this.#pending.root, this.#deliverForm());
    const groups = [element('h4', {}, 'Consumer groups'), this.#groups.root, this.#groupForm(), this.#group];
    const parts = [this.#paging.pager.root, this.#entries.root, this.#entryForm(), ...groups];
    this.root = element('div', { class: 'rk-value' }, ...parts);
  }

  get editing(): boolean {
    return false;
  }

  async load(): Promise<void> {
    const { key } = this.#open;
    const query = this.#paging.query(this.#open.memoryBytes);
    const replies = await this.#open.read([...streamCommands(key, query), ...groupsCommands(key)]);
    const page = readStream(replies, query);
    const groups = readGroups(replies.slice(2));
    this.#paging.note(page);
    this.#entries.show(page.items.map((entry) => this.#entryRow(entry)));
    this.#groups.show(
      groups.map((group) => this.#groupRow(group)),
      'No groups.',
    );
    const shown = groups.find(({ name }) => this.#shown && idOf(name) === idOf(this.#shown));
    this.#group.hidden = !shown;
    if (shown) await this.#showGroup(shown.name);
  }

  async #showGroup(group: Uint8Array): Promise<void> {
    const { key } = this.#open;
    const { consumers, pending } = readGroup(await this.#open.read(groupCommands(key, group, MOST_PENDING)));
    this.#groupTitle.textContent = `Group ${escaped(group)}`;
    this.#consumers.show(
      consumers.map(({ name, pending: many, idleMs }): Row => ({
        id: idOf(name),
        name: `consumer ${escaped(name)}`,
        cells: [bytesCell(name), String(many), duration(idleMs)],
      })),
      'No consumers.',
    );
    this.#pending.show(
      pending.map(({ id, consumer, idleMs, deliveries }): Row => ({
        id,
        name: `entry ${id}`,
        cells: [id, bytesCell(consumer), duration(idleMs), String(deliveries)],
        actions: [{ label: 'Ack', act: () => void this.#open.edit(() => acknowledge(key, group, id)) }],
      })),
      'Nothing is pending.',
    );
  }

  #entryRow({ id, fields }: StreamEntry): Row {
    const lines = fields.map(({ field: name, value }) =>
      element('div', {}, element('b', {}, bytesCell(name)), ' ', bytesCell(value)),
    );
    return {
      id,
      name: `entry ${id}`,
      cells: [id, element('div', {}, ...lines)],
      actions: [{ label: 'Remove', act: () => void this.#open.edit(() => removeEntry(this.#open.key, id)) }],
    };
  }

  #groupRow({ name, consumers, pending, lastDelivered, lag }: StreamGroup): Row {
    return {
      id: idOf(name),
      name: `group ${escaped(name)}`,
      cells: [
        bytesCell(name),
        String(consumers),
        String(pending),
        lastDelivered,
        lag === undefined ? 'unknown' : String(lag),
      ],
      actions: [
        {
          label: 'Show',
          act: () => {
            this.#shown = name;
            this.#open.reload();
          },
        },
        { label: 'Remove', act: () => void this.#open.edit(() => removeGroup(this.#open.key, name)) },
      ],
    };
  }

  #entryForm(): HTMLElement {
    const id = line({ value: '*' });
    const pairs = element('div', { class: 'rk-pairs' });
    const inputs: (readonly [HTMLInputElement, HTMLInputElement])[] = [];
    const more = (): void => {
      const pair = [line(), line()] as const;
      inputs.push(pair);
      pairs.append(field('Field', pair[0]), field('Value', pair[1]));
    };
    more();
    const add = async (): Promise<void> => {
      const done = await this.#open.edit(() => {
        const fields = inputs
          .filter(([name, value], at) => at === 0 || name.value !== '' || value.value !== '')
          .map(([name, value]) => ({ field: bytesTyped(name), value: bytesTyped(value) }));
        return addEntry(this.#open.key, id.value.trim(), fields);
      });
      if (!done) return;
      inputs.length = 0;
      pairs.replaceChildren();
      more();
    };
    const oneMore = button('One more field', more);
    const idField = field('ID (* for the next)', id);
    return form('Add an entry', 'Add', () => void add(), idField, pairs, oneMore);
  }

  #groupForm(): HTMLElement {
    const name = line();
    const from = select([
      ['0', 'from the first entry (0)'],
      ['$', 'from now on ($)'],
    ]);
    const create = async (): Promise<void> => {
      const build = (): ReturnType<typeof createGroup> =>
        createGroup(this.#open.key, bytesTyped(name), from.value === '$' ? '$' : '0');
      if (await this.#open.edit(build)) name.value = '';
    };
    return form('Create a group', 'Create', () => void create(), field('New group', name), field('Delivers', from));
  }

  #deliverForm(): HTMLElement {
    const consumer = line();
    const deliver = (): void => {
      const group = this.#shown;
      if (!group) return;
      void this.#open.edit(
        () => deliverNext(this.#open.key, group, bytesTyped(consumer)),
        ([reply]) => (reply?.kind === 'null' ? 'The group has already been given every entry.' : ''),
      );
    };
    return form('Take the next entry', 'Take the next entry', deliver, field('As consumer', consumer));
  }
}
