import { element } from '../../dom/element.ts';
import { EVERYTHING, linkOf, type NamedRow, type Protocol, type WireFilter } from './wire-filter.ts';

const PROTOCOLS: readonly (readonly [value: Protocol, label: string])[] = [
  ['all', 'All'],
  ['resp', 'RESP: commands, replies, replication'],
  ['bus', 'Cluster bus'],
  ['tcp', 'TCP: connections, losses'],
];

/** What the buttons do. */
export interface WireActions {
  pause(): void;
  clear(): void;
  save(): void;
}

/** Filters, which tell when they have changed, and buttons. */
export class WireControls {
  readonly root = element('div', { class: 'wp-controls' });
  readonly #where = element('select', {}, element('option', { value: 'all' }, 'All links'));
  readonly #port = element('select', {}, element('option', { value: '' }, 'All'));
  readonly #protocol = element('select', {});
  readonly #text = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  readonly #outside = element('input', { type: 'checkbox' });
  readonly #pause: HTMLButtonElement;
  readonly #known = { where: new Set<string>(), port: new Set<string>() };

  constructor(onChange: () => void, actions: WireActions) {
    this.#protocol.append(...PROTOCOLS.map(([value, label]) => element('option', { value }, label)));
    for (const input of [this.#where, this.#port, this.#protocol, this.#text, this.#outside]) {
      input.addEventListener('input', onChange);
    }
    const button = (label: string, act: () => void): HTMLButtonElement =>
      element('button', { type: 'button', class: 'lp-button', click: act }, label);
    this.#pause = button('Pause', () => actions.pause());
    this.#pause.setAttribute('aria-pressed', 'false');
    this.root.append(
      labelled('Where', this.#where),
      labelled('Port', this.#port),
      labelled('Protocol', this.#protocol),
      labelled('Containing', this.#text),
      element('label', { class: 'wp-check' }, this.#outside, element('span', {}, 'Also the page’s own connections')),
      element(
        'div',
        { class: 'wp-buttons', role: 'group', 'aria-label': 'Capture' },
        this.#pause,
        button('Clear', () => actions.clear()),
        button('Download pcap', () => actions.save()),
      ),
    );
  }

  get filter(): WireFilter {
    return {
      where: this.#where.value,
      port: this.#port.value === '' ? undefined : Number(this.#port.value),
      protocol: this.#protocol.value as Protocol,
      text: this.#text.value.trim(),
      outside: this.#outside.checked,
    };
  }

  set paused(paused: boolean) {
    this.#pause.setAttribute('aria-pressed', String(paused));
  }

  /** Offers the nodes, links and ports that have been seen; what is chosen stays. */
  offer(rows: readonly NamedRow[]): void {
    for (const { row, from, to } of rows) {
      if (row.outside) continue;
      for (const node of [from, to]) this.#offer(this.#where, this.#known.where, `node ${node}`, `All of ${node}`);
      this.#offer(this.#where, this.#known.where, linkOf(from, to), [from, to].sort().join(' and '));
      const port = String(Math.min(row.from.port, row.to.port));
      if (port !== '0') this.#offer(this.#port, this.#known.port, port, port);
    }
  }

  /** Another machine: nothing of the former one is offered. */
  reset(): void {
    for (const [select, known] of [
      [this.#where, this.#known.where],
      [this.#port, this.#known.port],
    ] as const) {
      known.clear();
      select.replaceChildren(select.options[0]!);
      select.selectedIndex = 0;
    }
  }

  /** Shows all again. */
  get isEverything(): boolean {
    return JSON.stringify(this.filter) === JSON.stringify(EVERYTHING);
  }

  #offer(select: HTMLSelectElement, known: Set<string>, value: string, label: string): void {
    if (known.has(value)) return;
    known.add(value);
    const rank = (option: string): string => `${option.startsWith('link') ? 2 : 1} ${option.padStart(6)}`;
    const after = [...select.options].slice(1).find((option) => rank(option.value) > rank(value));
    select.insertBefore(element('option', { value }, label), after ?? null);
  }
}

function labelled(label: string, input: HTMLElement): HTMLElement {
  return element('label', {}, element('span', {}, label), input);
}
