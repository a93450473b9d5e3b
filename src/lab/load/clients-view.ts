import { element } from '../../dom/element.ts';
import {
  clientCell,
  type ClientColumn,
  type ClientFields,
  isPanel,
  kindOf,
  readClientList,
  sortClients,
} from './client-list.ts';
import { KeyedTable, type Row } from './keyed-table.ts';
import { failureOf, type LoadView, type LookedAt, type Say, tell } from './load-view.ts';

const COLUMNS: readonly { column: ClientColumn; title: string; numeric?: boolean }[] = [
  { column: 'id', title: 'Id', numeric: true },
  { column: 'addr', title: 'Address' },
  { column: 'name', title: 'Name' },
  { column: 'kind', title: 'Kind' },
  { column: 'cmd', title: 'Last command' },
  { column: 'age', title: 'Age s', numeric: true },
  { column: 'idle', title: 'Idle s', numeric: true },
  { column: 'db', title: 'Db', numeric: true },
  { column: 'tot-mem', title: 'Memory', numeric: true },
];

/** CLIENT LIST as a table that can be sorted, with CLIENT KILL, which is asked twice. */
export class ClientsView implements LoadView {
  readonly name = 'CLIENT LIST';
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #table: KeyedTable;
  readonly #panels = element('input', { type: 'checkbox' });
  readonly #count = element('p', { class: 'll-hint' });
  #clients: readonly ClientFields[] = [];
  #sort: { column: ClientColumn; descending: boolean } = { column: 'id', descending: false };
  #node: LookedAt | undefined;

  constructor(say: Say) {
    this.#say = say;
    this.#table = new KeyedTable('Clients', [...COLUMNS, { title: 'Close' }], 'No other client is connected.');
    COLUMNS.forEach(({ column, title }, index) => {
      const button = element('button', { type: 'button', click: () => this.#sortBy(column) }, title);
      this.#table.headings[index]!.replaceChildren(button);
    });
    this.#table.root.classList.add('ll-acts');
    this.#panels.addEventListener('change', () => this.#draw());
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'll-bar' },
        element('label', { class: 'll-check' }, this.#panels, 'Also connections of this page’s panels'),
      ),
      this.#table.root,
      this.#count,
    );
    this.#markSort();
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#clients = [];
    this.#draw();
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const answer = await node.line.ask('CLIENT', 'LIST');
    if (node !== this.#node) return undefined;
    if (typeof answer !== 'string') return failureOf(node, answer);
    this.#clients = readClientList(answer);
    this.#draw();
    return undefined;
  }

  rest(): void {
    // Nothing goes on beside the looks.
  }

  #sortBy(column: ClientColumn): void {
    this.#sort = { column, descending: this.#sort.column === column && !this.#sort.descending };
    this.#markSort();
    this.#draw();
  }

  #markSort(): void {
    COLUMNS.forEach(({ column }, index) => {
      const heading = this.#table.headings[index]!;
      if (column !== this.#sort.column) heading.removeAttribute('aria-sort');
      else heading.setAttribute('aria-sort', this.#sort.descending ? 'descending' : 'ascending');
    });
  }

  #draw(): void {
    const shown = this.#clients.filter((client) => this.#panels.checked || !isPanel(client));
    const { column, descending } = this.#sort;
    this.#table.draw(sortClients(shown, column, descending).map((client) => this.#row(client)));
    const hidden = this.#clients.length - shown.length;
    this.#count.textContent = `${String(shown.length)} shown${hidden > 0 ? `, ${String(hidden)} of this page’s panels left out` : ''}.`;
  }

  #row(client: ClientFields): Row {
    const id = client.get('id') ?? '';
    return {
      key: id,
      cells: [...COLUMNS.map(({ column }) => clientCell(client, column)), () => this.#killButton(id, client)],
    };
  }

  /** The first press asks; a second one does it, anything else takes it back. It cannot be undone. */
  #killButton(id: string, client: ClientFields): HTMLElement {
    const ask = `Kill${kindOf(client) === 'normal' ? '' : ` this ${kindOf(client)}`}?`;
    const button = element('button', { type: 'button', 'aria-label': `Kill client ${id}` }, 'Kill');
    const calm = (): void => {
      button.classList.remove('ll-danger');
      button.textContent = 'Kill';
      button.setAttribute('aria-label', `Kill client ${id}`);
    };
    button.addEventListener('blur', calm);
    button.addEventListener('click', () => {
      if (button.classList.contains('ll-danger')) {
        calm();
        void this.#kill(id);
        return;
      }
      button.classList.add('ll-danger');
      button.textContent = ask;
      button.setAttribute('aria-label', `${ask} Press again to close the connection of client ${id}`);
      this.#say(`Press again to close the connection of client ${id}. This cannot be undone; most clients reconnect.`);
    });
    return button;
  }

  async #kill(id: string): Promise<void> {
    if (!this.#node || !(await tell(this.#node, this.#say, 'CLIENT', 'KILL', 'ID', id))) return;
    await this.look();
    this.#say(`The connection of client ${id} was closed.`);
  }
}
