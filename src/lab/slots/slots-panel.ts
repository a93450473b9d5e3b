import { element } from '../../dom/element.ts';
import { placeShowing } from '../place-panel.ts';
import type { WatchedLab } from '../watch-lab.ts';
import { KeyForm } from './key-form.ts';
import { SlotBar } from './slot-bar.ts';
import { slotMapOf } from './slot-map.ts';
import { SlotTable } from './slot-table.ts';
import css from './slots.css?inline';

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeShowing(place, new SlotsPanel(), css);
}

/** The bar of the slots and its table, where there is a cluster; the way of keys to their slots, everywhere. */
class SlotsPanel {
  readonly root = element('div', { class: 'sp' });
  readonly #status = element('p', { role: 'status' });
  readonly #bar = new SlotBar();
  readonly #table = new SlotTable();
  readonly #cluster = element('div', { class: 'sp-cluster' }, this.#bar.root, this.#table.root);
  readonly #form = new KeyForm((keys) => this.#bar.showKeys(keys));

  constructor() {
    this.#cluster.hidden = true;
    this.root.append(this.#status, this.#cluster, this.#form.root);
    this.say('Redis is starting.');
  }

  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  show(watched: WatchedLab | undefined): void {
    const map = watched && slotMapOf(watched.view);
    this.#cluster.hidden = !map;
    this.#form.map = map;
    if (map) {
      this.#bar.show(map);
      this.#table.show(map);
    }
    this.say(
      map || !watched
        ? ''
        : 'No node of this page’s machine is in a cluster, but a key hashes to the same slot everywhere.',
    );
  }
}
