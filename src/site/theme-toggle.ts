/** The key under which Starlight's ThemeProvider looks for a choice before anything is drawn. */
const STORAGE_KEY = 'starlight-theme';

/** `<theme-toggle>`: switches between dark and light, and follows the system until it has been pressed once. */
class ThemeToggle extends HTMLElement {
  readonly #systemLight = matchMedia('(prefers-color-scheme: light)');

  connectedCallback(): void {
    this.#showState();
    this.querySelector('button')?.addEventListener('click', () => this.#toggle());
    this.#systemLight.addEventListener('change', this.#followSystem);
  }

  disconnectedCallback(): void {
    this.#systemLight.removeEventListener('change', this.#followSystem);
  }

  #toggle(): void {
    const theme = document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(STORAGE_KEY, theme);
    this.#showState();
  }

  readonly #followSystem = (): void => {
    if (localStorage.getItem(STORAGE_KEY)) return;
    document.documentElement.dataset['theme'] = this.#systemLight.matches ? 'light' : 'dark';
    this.#showState();
  };

  #showState(): void {
    const dark = document.documentElement.dataset['theme'] === 'dark';
    for (const toggle of document.querySelectorAll('theme-toggle button'))
      toggle.setAttribute('aria-pressed', String(dark));
  }
}

customElements.define('theme-toggle', ThemeToggle);
