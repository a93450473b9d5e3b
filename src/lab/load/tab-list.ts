import { element } from '../../dom/element.ts';

let lists = 0;

/** Tabs after the pattern of the ARIA guide: arrows, Home and End move among them, and one panel is shown. */
export class TabList {
  readonly root: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly #tabs: readonly HTMLButtonElement[];
  readonly #onShow: (index: number) => void;
  #shown = 0;

  constructor(label: string, views: readonly { name: string; root: HTMLElement }[], onShow: (index: number) => void) {
    const id = `tabs-${String(lists++)}`;
    this.#onShow = onShow;
    this.#tabs = views.map(({ name }, index) =>
      element(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `${id}-${String(index)}`,
          'aria-controls': `${id}-${String(index)}-panel`,
          click: () => this.#show(index),
        },
        name,
      ),
    );
    this.panels = views.map(({ root }, index) =>
      element(
        'div',
        { role: 'tabpanel', id: `${id}-${String(index)}-panel`, 'aria-labelledby': `${id}-${String(index)}` },
        root,
      ),
    );
    this.root = element('div', { role: 'tablist', 'aria-label': label, class: 'll-tabs' }, ...this.#tabs);
    this.root.addEventListener('keydown', (event) => this.#move(event));
    this.#mark();
  }

  #show(index: number): void {
    this.#shown = index;
    this.#mark();
    this.#onShow(index);
  }

  #mark(): void {
    this.#tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === this.#shown));
      tab.tabIndex = index === this.#shown ? 0 : -1;
      this.panels[index]!.hidden = index !== this.#shown;
    });
  }

  #move(event: KeyboardEvent): void {
    const last = this.#tabs.length - 1;
    const next = {
      ArrowRight: this.#shown === last ? 0 : this.#shown + 1,
      ArrowLeft: this.#shown === 0 ? last : this.#shown - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#show(next);
    this.#tabs[next]!.focus();
  }
}
