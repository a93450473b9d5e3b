import { element } from '../../dom/element.ts';
import { failureOf, type LookedAt, type Say, tell } from './load-view.ts';

/** A setting of the node, shown and changed: CONFIG GET and CONFIG SET. */
export class Setting {
  readonly root: HTMLElement;
  readonly #name: string;
  readonly #say: Say;
  readonly #input: HTMLInputElement;
  readonly #now = element('span', { class: 'll-hint' });
  #node: LookedAt | undefined;

  /** @param label what it is, with its unit */
  constructor(name: string, label: string, say: Say) {
    this.#name = name;
    this.#say = say;
    this.#input = element('input', { type: 'number', inputmode: 'numeric', step: '1' });
    this.root = element(
      'form',
      { class: 'll-setting' },
      element('label', {}, element('span', {}, label), this.#input),
      element('button', { type: 'submit' }, 'Set'),
      this.#now,
    );
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#set();
    });
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#now.textContent = '';
    this.#input.value = '';
  }

  /** Shows what the node has, in the field too unless it is being written in. Returns why it could not. */
  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const answer = await node.line.ask('CONFIG', 'GET', this.#name);
    if (node !== this.#node) return undefined;
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    if (typeof value !== 'string') return failureOf(node, answer);
    this.#now.textContent = `${this.#name} ${value}`;
    if (this.#input.value === '') this.#input.value = value;
    return undefined;
  }

  async #set(): Promise<void> {
    const node = this.#node;
    const value = this.#input.value.trim();
    if (!node) return;
    if (await tell(node, this.#say, 'CONFIG', 'SET', this.#name, value)) this.#say(`${this.#name} is ${value} now.`);
    await this.look();
  }
}
