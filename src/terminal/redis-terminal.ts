import type { PanelOptions, TerminalPanel } from './terminal-panel.ts';
import type { NodeAddress } from './terminal-tabs.ts';

/**
 * `<redis-terminal>`: a terminal with redis-cli on the page's machine. What it contains in the HTML is shown until it
 * opens, and is what a page without JavaScript shows.
 *
 * Attributes: `label`; `open="visible"` opens it when it comes near the viewport and the page is idle, otherwise it opens
 * by a press on a button with `data-open` inside it, or by `open()`; `handle="top"` or `"bottom"` lets its height be
 * dragged there; `no-reset` leaves the Reset button out; `closable` adds a button that sends the event
 * `redis-terminal-close`. Nothing of xterm or the engine is loaded before it opens.
 */
export class RedisTerminal extends HTMLElement {
  #observer: IntersectionObserver | undefined;
  #opening: Promise<TerminalPanel> | undefined;

  connectedCallback(): void {
    this.addEventListener('click', this.#onClick);
    if (this.getAttribute('open') !== 'visible') return;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer?.disconnect();
        whenIdle(() => void this.open());
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.removeEventListener('click', this.#onClick);
    void this.#opening?.then((panel) => panel.close());
    this.#opening = undefined;
  }

  /** Loads the terminal and puts it in the place of the static content. Resolves when it can be typed into. */
  open(): Promise<TerminalPanel> {
    this.#opening ??= this.#load();
    return this.#opening;
  }

  /** Opens it with the terminal of a node in front. */
  async openNode(node: NodeAddress): Promise<void> {
    const panel = await this.open();
    panel.showNode(node);
  }

  /** What was printed in its shown terminal; empty if it has not been opened. */
  async text(): Promise<string> {
    return (await this.#opening)?.text ?? '';
  }

  /** Types a line and Enter, after opening. */
  async typeLine(line: string): Promise<void> {
    const panel = await this.open();
    await panel.typeLine(line);
  }

  async #load(): Promise<TerminalPanel> {
    const { TerminalPanel, adoptTerminalStyles } = await import('./terminal-panel.ts');
    await Promise.all([adoptTerminalStyles(), document.fonts.load("14px 'Plex Mono'")]);
    this.dataset['opened'] = '';
    return new TerminalPanel(this, this.#options());
  }

  #options(): PanelOptions {
    const edge = this.getAttribute('handle');
    return {
      label: this.getAttribute('label') ?? 'Redis terminal',
      reset: !this.hasAttribute('no-reset'),
      ...(this.hasAttribute('closable')
        ? { onClose: () => this.dispatchEvent(new CustomEvent('redis-terminal-close', { bubbles: true })) }
        : {}),
      ...(edge === 'top' || edge === 'bottom'
        ? { handle: { edge, preference: `height-${edge}`, greatestPx: () => innerHeight - 120 } }
        : {}),
    };
  }

  readonly #onClick = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('[data-open]')) {
      void this.open().then((panel) => panel.focus());
    }
  };
}

/** Buttons anywhere on the page that type a line into its first terminal: `<button data-type-line="GET bike:1">`. */
document.addEventListener('click', ({ target }) => {
  const line =
    target instanceof Element ? target.closest<HTMLElement>('[data-type-line]')?.dataset['typeLine'] : undefined;
  if (line !== undefined) void document.querySelector<RedisTerminal>('redis-terminal')?.typeLine(line);
});

function whenIdle(callback: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: 2000 });
  else setTimeout(callback, 200);
}

if (!customElements.get('redis-terminal')) customElements.define('redis-terminal', RedisTerminal);
