import { element } from '../../dom/element.ts';
import type { NodeView } from '../lab-view.ts';
import type { WatchedLab } from '../watch-lab.ts';
import type { DetailView } from './node-details.ts';

/** How far from its end a log may be scrolled and still follow it. */
const NEAR_PX = 30;

/** The last lines of a log, which follow it unless one has scrolled up. */
export class LogView implements DetailView {
  readonly name = 'Log';
  readonly root = element('div');
  readonly #text = element('pre', { class: 'lp-text tp-text', tabindex: '0' });
  #lines: readonly string[] | undefined;

  begin({ name }: NodeView): void {
    this.#lines = undefined;
    this.#text.setAttribute('aria-label', `Log of ${name}`);
    this.#text.setAttribute('role', 'region');
    this.#text.textContent = '';
    this.root.replaceChildren(this.#text);
  }

  look({ view }: WatchedLab, { name }: NodeView): void {
    const lines = view.logs.get(name);
    if (!lines) {
      this.#lines = undefined;
      this.#text.textContent =
        'It has no log file: what it logs goes to its standard output, or it has not been started.';
      return;
    }
    if (lines === this.#lines) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#text;
    const follows = !this.#lines || scrollHeight - clientHeight - scrollTop < NEAR_PX;
    this.#lines = lines;
    this.#text.textContent = lines.join('\n');
    if (follows) this.#text.scrollTop = this.#text.scrollHeight;
  }

  close(): void {
    this.#lines = undefined;
  }
}
