import { element } from '../../../dom/element.ts';
import { bytesOf, idOf } from '../bytes.ts';
import { KEY_TYPES } from '../key-facts.ts';
import { KeyScan, MOST_KEYS } from '../key-scan.ts';
import type { KeySpace } from '../key-space.ts';
import { KeyTree } from '../key-tree.ts';
import { typesOf } from '../key-types.ts';
import { numberIn } from '../reply.ts';
import { button, field, line, select } from './field.ts';
import { TreeView } from './tree-view.ts';

/** A larger database is not gone through again by itself when its number of keys has changed. */
const LARGEST_REFRESHED = 2000;
const COUNTS = [100, 1000, 10_000] as const;

export interface KeyListListener {
  onOpen(id: string): void;
  /** What was asked for has failed. */
  onFailure(error: unknown): void;
}

/** The keys that SCAN has found, as a tree, and what it is asked for. */
export class KeyList {
  readonly root = element('section', { class: 'rk-list', 'aria-label': 'Keys of the server' });
  readonly #listener: KeyListListener;
  readonly #view: TreeView;
  readonly #match = line({ placeholder: '*' });
  readonly #type = select([['', 'every type'], ...KEY_TYPES.map((type) => [type, type] as const)]);
  readonly #count = select(COUNTS.map((count) => [String(count), count.toLocaleString('en')]));
  readonly #delimiter = line({ value: ':', size: '3' });
  readonly #words = element('p', { class: 'rk-note', role: 'status' });
  readonly #more = button('More', () => void this.#attempt(() => this.#next()));
  readonly #refresh = button('Refresh', () => void this.#attempt(() => this.#again()));
  readonly #expanded = new Set<string>();
  #types = new Map<string, string>();
  #space: KeySpace | undefined;
  #scan: KeyScan | undefined;
  #tree = new KeyTree(':');
  #selected: string | undefined;
  #asking = false;
  #busy = 0;
  #last: Promise<void> = Promise.resolve();

  /** @param name unique on the page */
  constructor(name: string, listener: KeyListListener) {
    this.#listener = listener;
    this.#count.value = '1000';
    this.#view = new TreeView(name, {
      onToggle: (id, expand) => {
        if (expand) this.#expanded.add(id);
        else this.#expanded.delete(id);
        this.#draw();
      },
      onOpen: (id) => listener.onOpen(id),
      onSeen: (ids) => void this.#askTypes(ids),
    });
    this.#delimiter.addEventListener('change', () => {
      this.#expanded.clear();
      this.#rebuild(() => true);
    });
    this.#type.addEventListener('change', () => void this.search());
    const options = element(
      'details',
      {},
      element('summary', {}, 'Folders, COUNT'),
      element(
        'div',
        { class: 'rk-form' },
        field('Folder separator', this.#delimiter),
        field('COUNT of each SCAN', this.#count),
      ),
    );
    this.root.append(this.#searchForm(), options, this.#words, this.#view.root, this.#buttons());
  }

  /** Begins with the keys of another server, or of none. */
  begin(space: KeySpace | undefined): void {
    this.#space = space;
    this.#scan = undefined;
    this.#tree = new KeyTree(this.#delimiterId);
    this.#types = new Map();
    this.#words.textContent = '';
    this.#draw();
  }

  /** Goes through the keys from the beginning. Failures are told. */
  search(): Promise<void> {
    return this.#attempt(async () => {
      this.#scan = this.#newScan();
      this.#tree = new KeyTree(this.#delimiterId);
      await this.#next();
    });
  }

  /** Goes through a small database again if its number of keys has changed. Rejects if the servers do not answer. */
  async look(): Promise<void> {
    const [space, scan] = [this.#space, this.#scan];
    if (!space || this.#busy > 0) return;
    if (!scan) {
      await this.search();
      return;
    }
    const sizes = await Promise.all((await space.sources()).map((source) => source.ask([['DBSIZE']])));
    const total = sizes.reduce((sum, [reply]) => sum + numberIn(reply), 0);
    if (total === scan.total || space !== this.#space || scan !== this.#scan) return;
    if (Math.max(total, scan.total) <= LARGEST_REFRESHED) await this.#attempt(() => this.#again());
    else this.#sayHowMany(total);
  }

  /** Shows a key as the selected one, and adds it if it is new. */
  select(id: string): void {
    this.#selected = id;
    if (!this.#tree.has(id)) this.#tree.add(id);
    this.#types.delete(id);
    this.#draw();
    this.#view.reveal(id);
  }

  remove(id: string): void {
    if (this.#tree.has(id)) this.#rebuild((other) => other !== id);
  }

  /** These have been changed by somebody, perhaps into another type. */
  forgetTypes(ids: readonly string[] | 'all'): void {
    for (const id of ids === 'all' ? [...this.#types.keys()] : ids) this.#types.delete(id);
    this.#draw();
  }

  focus(): void {
    if (!this.#view.root.hidden) this.#view.root.focus({ preventScroll: true });
  }

  close(): void {
    this.#view.close();
  }

  get #delimiterId(): string {
    return idOf(bytesOf(this.#delimiter.value));
  }

  #newScan(): KeyScan | undefined {
    const query = { match: this.#match.value, type: this.#type.value, count: Number(this.#count.value) };
    return this.#space && new KeyScan(this.#space, query);
  }

  async #next(): Promise<void> {
    const scan = this.#scan;
    if (!scan) return;
    const found = await scan.next();
    if (scan !== this.#scan) return;
    for (const id of found) if (this.#tree.size < MOST_KEYS) this.#tree.add(id);
    this.#sayHowMany();
    this.#draw();
  }

  /** As many batches again as were asked for; what is open and selected stays so. */
  async #again(): Promise<void> {
    const [before, scan] = [this.#scan, this.#newScan()];
    const tree = new KeyTree(this.#delimiterId);
    if (!scan) return;
    do {
      for (const id of await scan.next()) if (tree.size < MOST_KEYS) tree.add(id);
    } while (!scan.done && scan.batches < (before?.batches ?? 1));
    if (before !== this.#scan) return;
    this.#scan = scan;
    this.#tree = tree;
    this.#types = new Map();
    this.#sayHowMany();
    this.#draw();
  }

  #sayHowMany(now?: number): void {
    const scan = this.#scan;
    if (!scan) return;
    const number = (value: number): string => value.toLocaleString('en');
    const found = `${number(this.#tree.size)} found`;
    const looked = scan.done
      ? `Looked at all of ${number(scan.total)}`
      : `Looked at about ${number(scan.lookedAt)} of ${number(scan.total)}`;
    const full = this.#tree.size >= MOST_KEYS ? '; the list is full, a pattern finds the others' : '';
    const changed = now === undefined ? '' : ` There are ${number(now)} now.`;
    const words = scan.total === 0 ? 'No keys yet.' : `${looked}, ${found}${full}.${changed}`;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#more.hidden = scan.done || this.#tree.size >= MOST_KEYS;
  }

  #rebuild(keep: (id: string) => boolean): void {
    const tree = new KeyTree(this.#delimiterId);
    for (const id of this.#tree.ids()) if (keep(id)) tree.add(id);
    this.#tree = tree;
    this.#draw();
  }

  #draw(): void {
    this.#view.show(this.#tree.rows(this.#expanded), this.#types, this.#selected);
  }

  async #askTypes(ids: readonly string[]): Promise<void> {
    const space = this.#space;
    // Those that are seen meanwhile are asked for by the drawing that follows.
    if (!space || this.#asking) return;
    this.#asking = true;
    try {
      for (const [id, type] of await typesOf(space, ids)) this.#types.set(id, type);
      if (space === this.#space) this.#draw();
    } catch (error) {
      this.#listener.onFailure(error);
    } finally {
      this.#asking = false;
    }
  }

  /** One after the other: what is pressed while SCAN is on its way is done after it. */
  #attempt(work: () => Promise<void>): Promise<void> {
    this.#busy++;
    this.#last = this.#last
      .then(work)
      .catch((error: unknown) => this.#listener.onFailure(error))
      .finally(() => this.#busy--);
    return this.#last;
  }

  #searchForm(): HTMLElement {
    return element(
      'form',
      {
        class: 'rk-form',
        role: 'search',
        'aria-label': 'Keys',
        submit: (event) => {
          event.preventDefault();
          void this.search();
        },
      },
      field('Keys matching', this.#match),
      field('Type', this.#type),
      element('button', { type: 'submit' }, 'Scan'),
    );
  }

  #buttons(): HTMLElement {
    const closeAll = button('Close all folders', () => {
      this.#expanded.clear();
      this.#draw();
    });
    return element('div', { class: 'rk-form' }, this.#more, this.#refresh, closeAll);
  }
}
