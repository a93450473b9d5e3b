import { loadPagefind } from './pagefind.ts';

const PAUSE_MS = 120;
const MOST_PAGES = 8;

/**
 * `<site-search>`: a button and a dialog over Pagefind's index. Nothing of the index is loaded before the dialog opens.
 * Ctrl-K (Cmd-K) and `/` open it, arrow keys walk through what is found.
 */
class SiteSearch extends HTMLElement {
  connectedCallback(): void {
    const { dialog, input } = this.#parts();
    this.querySelector('button.opener')?.addEventListener('click', () => this.#open());
    this.querySelector('button.closer')?.addEventListener('click', () => dialog.close());
    // A press beside the dialog's frame has the dialog itself as its target.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog || (event.target instanceof Element && event.target.closest('a'))) dialog.close();
    });
    dialog.addEventListener('keydown', (event) => this.#walk(event));
    input.addEventListener('input', () => void this.#search(input.value));
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.querySelector<HTMLAnchorElement>('.results a')?.click();
    });
    document.addEventListener('keydown', this.#onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener('keydown', this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const typing =
      event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
    const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!slash && !((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k')) return;
    event.preventDefault();
    const { dialog } = this.#parts();
    if (dialog.open) dialog.close();
    else this.#open();
  };

  #open(): void {
    const { dialog, input } = this.#parts();
    dialog.showModal();
    input.select();
    void this.#search(input.value);
  }

  async #search(term: string): Promise<void> {
    const { output, message } = this.#parts();
    const say = (text: string): void => {
      message.textContent = text;
    };
    try {
      const pagefind = await loadPagefind(this.dataset['base'] ?? '/');
      if (term.trim() === '') {
        output.replaceChildren();
        say('');
        return;
      }
      const found = await pagefind.debouncedSearch(term, {}, PAUSE_MS);
      if (!found) return;
      const pages = await Promise.all(found.results.slice(0, MOST_PAGES).map((result) => result.data()));
      const { resultList } = await import('./results.ts');
      output.replaceChildren(resultList(pages));
      say(describe(found.results.length, term));
    } catch (error) {
      output.replaceChildren();
      const found = error instanceof Error ? error.message : String(error);
      say(
        import.meta.env.DEV
          ? 'The search index is built by `npm run build`, and this is the development server.'
          : `The search index could not be loaded (${found}). Reload the page.`,
      );
    }
  }

  #walk(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops: HTMLElement[] = [this.#parts().input, ...this.querySelectorAll<HTMLAnchorElement>('.results a')];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    event.preventDefault();
    next?.focus();
  }

  #parts(): { dialog: HTMLDialogElement; input: HTMLInputElement; output: HTMLElement; message: HTMLElement } {
    const dialog = this.querySelector('dialog');
    const input = this.querySelector('input');
    const output = this.querySelector<HTMLElement>('.output');
    const message = this.querySelector<HTMLElement>('.message');
    if (!dialog || !input || !output || !message) throw new Error('<site-search> lacks a part of Search.astro');
    return { dialog, input, output, message };
  }
}

function describe(count: number, term: string): string {
  if (count === 0) return `Nothing found for “${term}”.`;
  return count === 1
    ? 'One page'
    : `${String(count)} pages${count > MOST_PAGES ? `, the best ${String(MOST_PAGES)} of them` : ''}`;
}

customElements.define('site-search', SiteSearch);
