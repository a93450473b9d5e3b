import { element } from '../../dom/element.ts';
import type { NodeEvent } from '../node-event.ts';
import { clockWords } from './clock-words.ts';

/** More rows would take longer to make than half a second leaves; the choice finds the others. */
const MOST_ROWS = 250;

/**
 * Events as rows, of which each has a button that goes to its time. One stop for the Tab key; arrow keys, Home and End go
 * from row to row.
 */
export class EventList {
  readonly root: HTMLElement;
  readonly #rows = element('tbody');
  readonly #caption = element('caption');
  readonly #onTime: (atMs: number) => void;
  #shown: readonly NodeEvent[] = [];
  #atMs = Number.NaN;

  /** @param onTime told which event's time was chosen */
  constructor(onTime: (atMs: number) => void) {
    this.#onTime = onTime;
    const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
    this.root = element(
      'div',
      { class: 'lp-scroll tl-list', role: 'region', 'aria-label': 'Events as a list', tabindex: '0' },
      element(
        'table',
        {},
        this.#caption,
        element('thead', {}, element('tr', {}, heading('Time'), heading('Node'), heading('What happened'))),
        this.#rows,
      ),
    );
    this.#rows.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** @param atMs where one looks: later events are dimmed */
  show(events: readonly NodeEvent[], atMs: number, nameAll: (text: string) => string): void {
    const last = events.slice(-MOST_ROWS);
    const same = last.length === this.#shown.length && last.every((event, at) => event === this.#shown[at]);
    if (!same) this.#fill(last, events.length, nameAll);
    if (same && atMs === this.#atMs) return;
    this.#atMs = atMs;
    [...this.#rows.rows].forEach((row, at) => {
      row.classList.toggle('tl-later', (this.#shown[at]?.atMs ?? 0) > atMs);
    });
  }

  /** Brings the last event up to a time into sight. */
  reveal(atMs: number): void {
    const index = this.#shown.findLastIndex((event) => event.atMs <= atMs);
    const row = this.#rows.rows[Math.max(0, index)];
    if (row) this.root.scrollTop = row.offsetTop - this.root.clientHeight / 2;
  }

  #fill(events: readonly NodeEvent[], count: number, nameAll: (text: string) => string): void {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const follows = scrollHeight - clientHeight - scrollTop < 40;
    const focused = this.#focusedEvent();
    const known = new Map(this.#shown.map((event, at) => [event, this.#rows.rows[at]]));
    this.#shown = events;
    this.#caption.textContent =
      count === 0
        ? 'No kind of event is chosen, or nothing has happened yet.'
        : count > events.length
          ? `The last ${events.length} of ${count} events`
          : `${count} events`;
    this.#rows.replaceChildren(...events.map((event) => known.get(event) ?? this.#row(event, nameAll)));
    const at = focused ? events.indexOf(focused) : -1;
    this.#stopAt(at >= 0 ? at : events.length - 1, at >= 0);
    if (follows) this.root.scrollTop = this.root.scrollHeight;
  }

  #row(event: NodeEvent, nameAll: (text: string) => string): HTMLElement {
    const go = (): void => this.#onTime(event.atMs);
    const time = element(
      'button',
      { type: 'button', class: 'tl-go', tabindex: '-1', click: go },
      clockWords(event.atMs),
    );
    return element(
      'tr',
      { class: `tl-row tl-${event.group}` },
      element('td', {}, time),
      element('th', { scope: 'row' }, event.node),
      element('td', {}, element('strong', {}, event.label), ` ${nameAll(event.text)}`),
    );
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.#rows.querySelectorAll('button')];
  }

  #focusedEvent(): NodeEvent | undefined {
    const at = this.#buttons.findIndex((button) => button === document.activeElement);
    return this.#shown[at];
  }

  #stopAt(index: number, focus: boolean): void {
    this.#buttons.forEach((button, at) => {
      button.tabIndex = at === index ? 0 : -1;
      if (focus && at === index) button.focus();
    });
  }

  #onKey(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const at = buttons.findIndex((button) => button === event.target);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined || !buttons[to]) return;
    event.preventDefault();
    this.#stopAt(to, true);
  }
}
