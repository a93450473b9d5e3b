import { element } from '../../dom/element.ts';
import type { LabView } from '../lab-view.ts';
import { nodeNames } from '../name-nodes.ts';
import { placeShowing } from '../place-panel.ts';
import type { WatchedLab } from '../watch-lab.ts';
import { BeliefsView } from './beliefs-view.ts';
import { newsBetween } from './news.ts';
import { FactsTable } from './facts-table.ts';
import { nodeCards } from './node-card.ts';
import { NodeDetails } from './node-details.ts';
import { Picture } from './picture.ts';
import css from './topology.css?inline';

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeShowing(place, new TopologyPanel(), css);
}

/** The picture of the lab with its table, what the nodes believe, and the details of the chosen one. */
class TopologyPanel {
  readonly root = element('div', { class: 'tp' });
  readonly #status = element('p', { class: 'tp-status', role: 'status' });
  readonly #details = new NodeDetails();
  readonly #picture = new Picture('Nodes of the lab', (name) => this.#details.select(name));
  readonly #beliefs = new BeliefsView();
  readonly #table = new FactsTable('The nodes as a table');
  readonly #hint = element(
    'p',
    { class: 'tp-hint' },
    'Choose a node for its terminal, log, configuration and files. Solid lines are replication, dotted ones are Sentinels watching; red dashes mean that the link is down, a cross that it was cut on purpose.',
  );
  #last: LabView | undefined;

  constructor() {
    this.root.append(
      this.#status,
      this.#picture.root,
      this.#hint,
      this.#details.root,
      this.#beliefs.root,
      element('details', {}, element('summary', {}, 'The same as a table'), this.#table.root),
    );
    this.say('Redis is starting.');
  }

  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  show(watched: WatchedLab | undefined): void {
    if (!watched) {
      this.#last = undefined;
      this.say('Redis is starting.');
      return;
    }
    const { view } = watched;
    const news = this.#last ? newsBetween(this.#last, view) : [];
    if (!this.#last) this.say('');
    if (news.length > 0) this.say(news.join(' '));
    this.#last = view;
    this.#picture.show(view);
    this.#details.show(watched);
    this.#beliefs.show(view);
    this.#table.show(nodeCards(view, nodeNames(view)));
  }

  close(): void {
    this.#picture.close();
    this.#details.close();
  }
}
