import { element } from '../../../dom/element.ts';
import { escaped, idOf } from '../bytes.ts';
import { ReplyError } from '../reply.ts';
import {
  addPosition,
  addScored,
  couldBePositions,
  looksLikePositions,
  positionCommands,
  readPositions,
  readSortedSet,
  removeScored,
  type ScoredMember,
  sortedSetCommands,
} from '../values/sorted-set.ts';
import { bytesTyped, field, form, line } from './field.ts';
import { drawMap } from './geo-map.ts';
import { bytesCell, ItemTable, type Row } from './item-table.ts';
import { Paging } from './paged.ts';
import { type OpenKey, type ValueView, whenZero } from './value-view.ts';

/** A sorted set by rank, and as a map where the scores may be positions. */
export class SortedSetView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #table = new ItemTable('Members by score', ['Rank', 'Score', 'Member']);
  readonly #positions = new ItemTable('Positions', ['Member', 'Longitude', 'Latitude']);
  readonly #paging: Paging;
  readonly #map = element('div', { class: 'rk-map' });
  readonly #asMap = element('input', { type: 'checkbox' });
  readonly #choice: HTMLElement;
  readonly #addScore: HTMLElement;
  readonly #addPlace: HTMLElement;
  /** Undecided until the first page shows what the scores look like. */
  #mapWanted: boolean | undefined;

  constructor(open: OpenKey) {
    this.#open = open;
    this.#paging = new Paging(open, '0', ['member', 'members']);
    this.#choice = element('label', { class: 'rk-choice' }, this.#asMap, 'Scores are positions (GEOADD): show a map');
    this.#asMap.addEventListener('change', () => {
      this.#mapWanted = this.#asMap.checked;
      open.reload();
    });
    this.#addScore = this.#scoreForm();
    this.#addPlace = this.#placeForm();
    const tables = [this.#map, this.#positions.root, this.#table.root];
    const parts = [this.#choice, this.#paging.pager.root, ...tables, this.#addScore, this.#addPlace];
    this.root = element('div', { class: 'rk-value' }, ...parts);
  }

  get editing(): boolean {
    return this.#table.editing;
  }

  async load(): Promise<void> {
    const query = this.#paging.query(this.#open.memoryBytes);
    const page = readSortedSet(await this.#open.read(sortedSetCommands(this.#open.key, query)), query);
    this.#paging.note(page);
    this.#choice.hidden = !couldBePositions(page.items);
    this.#mapWanted ??= looksLikePositions(page.items);
    const map = this.#mapWanted && !this.#choice.hidden;
    this.#asMap.checked = map;
    for (const part of [this.#map, this.#positions.root, this.#addPlace]) part.hidden = !map;
    for (const part of [this.#table.root, this.#addScore]) part.hidden = map;
    if (map) await this.#showMap(page.items);
    else this.#table.show(page.items.map((item) => this.#row(item)));
  }

  async #showMap(members: readonly ScoredMember[]): Promise<void> {
    const { key } = this.#open;
    const replies = await this.#open.read(positionCommands(key, members));
    // Removed in between: the page is read again at once.
    if (replies[0]?.kind === 'error') throw new ReplyError(replies[0].text);
    const positions = readPositions(replies, members);
    this.#map.replaceChildren(drawMap(positions, this.#map.clientWidth));
    this.#positions.show(
      positions.map(({ member, longitude, latitude }): Row => ({
        id: idOf(member),
        name: escaped(member.subarray(0, 60)),
        cells: [bytesCell(member), longitude.toFixed(6), latitude.toFixed(6)],
        actions: [{ label: 'Remove', act: () => void this.#open.edit(() => removeScored(key, member)) }],
      })),
    );
  }

  #row({ rank, member, score }: ScoredMember): Row {
    const { key } = this.#open;
    return {
      id: idOf(member),
      name: `member ${escaped(member.subarray(0, 60))}`,
      cells: [String(rank), score, bytesCell(member)],
      edit: {
        cell: 1,
        text: score,
        save: (input) => this.#open.edit(() => addScored(key, member, input.value)),
      },
      actions: [{ label: 'Remove', act: () => void this.#open.edit(() => removeScored(key, member)) }],
    };
  }

  #scoreForm(): HTMLElement {
    const score = line({ inputmode: 'decimal' });
    const member = line();
    const add = async (): Promise<void> => {
      const build = (): ReturnType<typeof addScored> => addScored(this.#open.key, bytesTyped(member), score.value);
      if (await this.#open.edit(build, whenZero('The member was already there; it now has this score.')))
        member.value = '';
    };
    const controls = [field('Score (or inf, -inf)', score), field('Member', member)];
    return form('Add a member', 'Add', () => void add(), ...controls);
  }

  #placeForm(): HTMLElement {
    const longitude = line({ inputmode: 'decimal' });
    const latitude = line({ inputmode: 'decimal' });
    const member = line();
    const add = async (): Promise<void> => {
      const { key } = this.#open;
      const done = await this.#open.edit(
        () => addPosition(key, bytesTyped(member), longitude.value, latitude.value),
        whenZero('The member was already there; it is now at this position.'),
      );
      if (done) member.value = '';
    };
    const controls = [field('Longitude', longitude), field('Latitude', latitude), field('Member', member)];
    return form('Add a position', 'Add', () => void add(), ...controls);
  }
}
