import { element } from '../dom/element.ts';

/** What a reader does with the strip. */
export interface TabStripEvents {
  /** @param byKey the focus stays in the strip, to go on from there */
  selected(index: number, byKey: boolean): void;
  /** Delete was pressed on the selected tab. */
  deleted(): void;
}

/**
 * A row of tabs, as the ARIA pattern has it: one stop for the Tab key, arrow keys between tabs, Home and End, and Delete
 * closes the selected one.
 */
export class TabStrip {
  readonly root = element('div', { class: 'rt-tabs', role: 'tablist', 'aria-label': 'Terminals' });
  readonly #events: TabStripEvents;
  readonly #buttons: HTMLButtonElement[] = [];

  constructor(events: TabStripEvents) {
    this.#events = events;
    this.root.addEventListener('keydown', (event) => this.#onKey(event));
  }

  get #selected(): number {
    return this.#buttons.findIndex((button) => button.ariaSelected === 'true');
  }

  /** Adds a tab at the end. It is not selected by that. */
  add(name: string, panelId: string): void {
    const select = (): void => this.#events.selected(this.#buttons.indexOf(button), false);
    const attributes = { type: 'button', role: 'tab', 'aria-controls': panelId, class: 'rt-tab', click: select };
    const button = element('button', attributes, name);
    this.#buttons.push(button);
    this.root.append(button);
  }

  remove(index: number): void {
    this.#buttons.splice(index, 1)[0]?.remove();
  }

  select(index: number): void {
    this.#buttons.forEach((button, at) => {
      button.ariaSelected = String(at === index);
      button.tabIndex = at === index ? 0 : -1;
    });
    this.#buttons[index]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #onKey(event: KeyboardEvent): void {
    const count = this.#buttons.length;
    const to: Record<string, number> = {
      ArrowLeft: (this.#selected + count - 1) % count,
      ArrowRight: (this.#selected + 1) % count,
      Home: 0,
      End: count - 1,
    };
    const index = to[event.key];
    if (index !== undefined) {
      this.#events.selected(index, true);
      this.#buttons[index]?.focus();
    } else if (event.key === 'Delete') this.#events.deleted();
    else return;
    event.preventDefault();
  }
}
