import { RedisTerminal } from './redis-terminal.ts';
import type { NodeAddress } from './terminal-tabs.ts';

/**
 * `<terminal-dock>`: a button that opens a terminal along the bottom of the window, and closes it again without ending
 * what runs in it. Ctrl-` does the same from anywhere on the page.
 */
export class TerminalDock extends HTMLElement {
  #terminal: RedisTerminal | undefined;

  connectedCallback(): void {
    // Starlight's columns are layers of their own, and the one beside the text would lie over a dock inside the text's.
    if (this.parentElement !== document.body) {
      document.body.append(this);
      return;
    }
    this.#button?.addEventListener('click', () => void this.#open());
    document.addEventListener('keydown', this.#onKey, { capture: true });
    visualViewport?.addEventListener('resize', this.#avoidKeyboard);
    this.addEventListener('redis-terminal-close', () => this.#close());
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey, { capture: true });
    visualViewport?.removeEventListener('resize', this.#avoidKeyboard);
  }

  /** Opens it with the terminal of a node in front. */
  async openNode(node: NodeAddress): Promise<void> {
    await this.#open();
    await this.#terminal?.openNode(node);
  }

  get #button(): HTMLButtonElement | null {
    return this.querySelector('.dock-open');
  }

  async #open(): Promise<void> {
    this.dataset['open'] = '';
    this.#button?.setAttribute('aria-expanded', 'true');
    this.#terminal ??= this.#add();
    this.#terminal.hidden = false;
    const panel = await this.#terminal.open();
    panel.focus();
  }

  #close(): void {
    delete this.dataset['open'];
    if (this.#terminal) this.#terminal.hidden = true;
    this.#button?.setAttribute('aria-expanded', 'false');
    this.#button?.focus();
  }

  #add(): RedisTerminal {
    const terminal = new RedisTerminal();
    terminal.setAttribute('label', 'Terminal of this page');
    terminal.setAttribute('handle', 'top');
    terminal.setAttribute('closable', '');
    this.append(terminal);
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--rm-dock-height', `${String(terminal.offsetHeight)}px`);
    }).observe(terminal);
    return terminal;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== '`' || !event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if ('open' in this.dataset) this.#close();
    else void this.#open();
  };

  /** A phone's keyboard covers the bottom of the window without making it smaller. */
  readonly #avoidKeyboard = (): void => {
    const covered = visualViewport ? Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop) : 0;
    this.style.setProperty('--rm-keyboard', `${String(Math.round(covered))}px`);
  };
}

customElements.define('terminal-dock', TerminalDock);
