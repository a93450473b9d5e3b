/** What a panel's module exports: fills the place, and returns what ends everything that it began. */
export interface PanelModule {
  openPanel: (place: HTMLElement, panel: HTMLElement) => () => void;
}

/** The panels by the name in their component; the code of each is fetched when it is opened. */
const PANELS: Readonly<Record<string, () => Promise<PanelModule>>> = {
  load: () => import('./load/load-panel.ts'),
  benchmark: () => import('./benchmark/benchmark-panel.ts'),
  clock: () => import('./clock/clock-panel.ts'),
  faults: () => import('./faults/faults-panel.ts'),
  topology: () => import('./topology/topology-panel.ts'),
  timeline: () => import('./timeline/timeline-panel.ts'),
  keys: () => import('./keys/panel/keys-panel.ts'),
  slots: () => import('./slots/slots-panel.ts'),
  wire: () => import('./wire/wire-panel.ts'),
};

/** `<lab-panel panel="load">`, made by `LabPanel.astro`: a heading, a button, and what the button opens and closes. */
export class LabPanel extends HTMLElement {
  #close: (() => void) | undefined;

  disconnectedCallback(): void {
    this.#close?.();
    this.#close = undefined;
  }

  get #button(): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>('[data-open]')!;
  }

  /** Opens it, or closes it. Rejects if its code cannot be fetched. */
  async toggle(): Promise<void> {
    const place = this.querySelector<HTMLElement>('.lp-body')!;
    const opening = place.hidden;
    place.hidden = !opening;
    const [now, then] = opening ? ['Close', 'Open'] : ['Open', 'Close'];
    this.#button.setAttribute('aria-expanded', String(opening));
    this.#button.setAttribute('aria-label', this.#button.getAttribute('aria-label')!.replace(then, now));
    this.#button.textContent = now;
    if (!opening) {
      this.#close?.();
      this.#close = undefined;
      place.replaceChildren();
      return;
    }
    const { openPanel } = await PANELS[this.getAttribute('panel') ?? '']!();
    // It may have been closed again while its code came.
    if (!place.hidden && !this.#close) this.#close = openPanel(place, this);
  }
}

customElements.define('lab-panel', LabPanel);
