import type { History, Mark } from '../../../wasm-redis/lab/history.ts';
import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { element } from '../../dom/element.ts';
import { historyOf } from '../page-history.ts';
import type { PanelActions } from '../panel-actions.ts';
import { lengthWords, markWords, sizeWords } from './clock-words.ts';

const BACK_MS = 10_000;
const MOST_CHARACTERS = 40;

/** Rewind: buttons that go back and over to the other way, a name for the present, and the list of what is kept. */
export class RewindView {
  readonly root: HTMLElement;
  readonly #actions: PanelActions;
  readonly #beforeFault: HTMLButtonElement;
  readonly #otherWay: HTMLButtonElement;
  readonly #name = element('input', {
    type: 'text',
    class: 'lc-name',
    maxlength: String(MOST_CHARACTERS),
    placeholder: 'before the failover',
    'aria-label': 'Name of this save',
  });
  readonly #rows = element('tbody');
  readonly #rowOf = new Map<number, HTMLTableRowElement>();
  #lab: Lab | undefined;
  #history: History | undefined;
  /** What the list was made from. */
  #listed = '';

  constructor(actions: PanelActions) {
    this.#actions = actions;
    const back = actions.button('Back 10 s', () => this.#go((history) => history.back(BACK_MS)));
    this.#beforeFault = actions.button('Back to before the fault', () => this.#go((history) => history.backToReason()));
    this.#otherWay = actions.button('Try it the other way', () => this.#go((history) => history.otherWay()));
    const save = element('form', { class: 'lc-row', submit: (event) => this.#submit(event) });
    save.append(
      element('label', { class: 'lc-field' }, 'Name', this.#name),
      element('button', { type: 'submit', class: 'lp-button' }, 'Save'),
    );
    const head = ['Up for', 'What', 'Memory', 'Go or drop'].map((text) => element('th', { scope: 'col' }, text));
    this.root = element(
      'section',
      { class: 'lc-rewind', 'aria-label': 'Rewind' },
      element('h4', {}, 'Rewind'),
      element('div', { class: 'lc-row' }, back, this.#beforeFault, this.#otherWay),
      save,
      element(
        'div',
        { class: 'lp-scroll lc-list', role: 'region', 'aria-label': 'Saves', tabindex: '0' },
        element('table', {}, element('thead', {}, element('tr', {}, ...head)), this.#rows),
      ),
    );
  }

  take(lab: Lab | undefined): void {
    this.#lab = lab;
    this.#history = undefined;
    this.#listed = '';
  }

  /** Shows what is kept now, if it is not what is shown. */
  async look(): Promise<void> {
    if (!this.#lab) return;
    const history = (this.#history ??= await historyOf(this.#lab));
    const { lastWithReason, other } = history;
    this.#beforeFault.disabled = !lastWithReason;
    this.#beforeFault.textContent = lastWithReason
      ? `Back to ${markWords(lastWithReason)}`
      : 'Back to before the fault';
    this.#otherWay.disabled = !other;
    const present = JSON.stringify([history.saves.map(({ id, reason }) => [id, reason]), other?.id]);
    if (present === this.#listed) return;
    this.#listed = present;
    this.#list(await history.look(), history);
  }

  #list(marks: readonly Mark[], history: History): void {
    const shown = new Set(marks.map(({ id }) => id));
    for (const [id, row] of [...this.#rowOf]) {
      if (shown.has(id)) continue;
      row.remove();
      this.#rowOf.delete(id);
    }
    for (const mark of [...marks].reverse()) {
      const isOther = mark.id === history.other?.id;
      const what = markWords(mark);
      const side = isOther
        ? ', the end of the other way'
        : history.onThisWay(mark.id) === false
          ? ', on another way'
          : '';
      const row = this.#rowOf.get(mark.id) ?? this.#newRow(mark);
      const [time, name, size] = row.cells;
      time!.textContent = lengthWords(mark.uptimeMs);
      name!.textContent = `${what}${side}`;
      size!.textContent = sizeWords(mark.ownBytes);
      // Moving a row takes the focus from its buttons, so one that stands right stays.
      const wanted = [...marks].reverse().indexOf(mark);
      if (this.#rows.rows[wanted] !== row) this.#rows.insertBefore(row, this.#rows.rows[wanted] ?? null);
    }
  }

  #newRow(mark: Mark): HTMLTableRowElement {
    const about = `the save ${lengthWords(mark.uptimeMs)}, ${markWords(mark)}`;
    const button = (label: string, act: () => Promise<string>): HTMLButtonElement => {
      const made = this.#actions.button(label, act, { class: 'lp-button lc-small' });
      made.setAttribute('aria-label', `${label}: ${about}`);
      return made;
    };
    const row = element(
      'tr',
      {},
      ...['', '', ''].map(() => element('td')),
      element(
        'td',
        { class: 'lc-acts' },
        button('Go there', () => this.#go((history) => history.goTo(mark.id))),
        button('Drop', () => this.#drop(mark)),
      ),
    );
    this.#rowOf.set(mark.id, row);
    return row;
  }

  async #go(way: (history: History) => Promise<Mark>): Promise<string> {
    if (!this.#lab) return 'There is no machine yet.';
    const mark = await way(await historyOf(this.#lab));
    await this.look();
    return `The machine is as it was when it was up for ${lengthWords(mark.uptimeMs)} (${markWords(mark)}).`;
  }

  async #drop(mark: Mark): Promise<string> {
    if (!this.#lab) return 'There is no machine yet.';
    await (await historyOf(this.#lab)).drop(mark.id);
    this.#listed = '';
    await this.look();
    return `Dropped: ${lengthWords(mark.uptimeMs)}, ${markWords(mark)}.`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#actions.do(async () => {
      const label = this.#name.value.trim();
      if (label === '') return 'Give it a name first.';
      if (!this.#lab) return 'There is no machine yet.';
      const { ownBytes } = await (await historyOf(this.#lab)).name(label);
      this.#name.value = '';
      await this.look();
      return `Saved as “${label}”, ${sizeWords(ownBytes)}.`;
    });
  }
}
