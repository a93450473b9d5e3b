import { element } from '../../dom/element.ts';
import type { NodeView } from '../lab-view.ts';
import { TabList } from '../load/tab-list.ts';
import type { WatchedLab } from '../watch-lab.ts';
import { ConfigView } from './config-view.ts';
import { FilesView } from './files-view.ts';
import { LogView } from './log-view.ts';
import { openTerminalOf } from './open-terminal.ts';

/** A part of the details of a node; `look` is called with each new view while it is shown. */
export interface DetailView {
  readonly name: string;
  readonly root: HTMLElement;
  /** Another node, or the same at another time: what is known of the last one is forgotten. */
  begin(node: NodeView): void;
  look(watched: WatchedLab, node: NodeView): void;
  close(): void;
}

/** What there is of the chosen node beside its answers: terminal, log, configuration, files. */
export class NodeDetails {
  readonly root = element('section', { class: 'tp-details' });
  readonly #heading = element('h4');
  readonly #terminal = element('button', { type: 'button', class: 'lp-button' });
  readonly #views: readonly DetailView[] = [new LogView(), new ConfigView(), new FilesView()];
  #shown = this.#views[0];
  #node: string | undefined;
  #watched: WatchedLab | undefined;

  constructor() {
    const tabs = new TabList('Views of the chosen node', this.#views, (index) => {
      this.#shown = this.#views[index];
      this.#look();
    });
    this.#terminal.addEventListener('click', () => {
      const node = this.#find();
      if (node) void openTerminalOf(node);
    });
    this.root.hidden = true;
    this.root.append(element('div', { class: 'tp-row' }, this.#heading, this.#terminal), tabs.root, ...tabs.panels);
  }

  /** The name of a node, or undefined for none. */
  select(name: string | undefined): void {
    this.#node = name;
    const node = this.#find();
    this.root.hidden = !node;
    this.#heading.textContent = node?.name ?? '';
    this.#terminal.textContent = `Open a terminal on ${node?.name ?? 'it'}`;
    for (const view of this.#views) {
      if (node) view.begin(node);
      else view.close();
    }
    this.#look();
  }

  show(watched: WatchedLab): void {
    const anew = watched.lab !== this.#watched?.lab || watched.history !== this.#watched.history;
    this.#watched = watched;
    if (anew) this.select(this.#node);
    else this.#look();
  }

  close(): void {
    for (const view of this.#views) view.close();
  }

  #find(): NodeView | undefined {
    return this.#watched?.view.nodes.find(({ name }) => name === this.#node);
  }

  #look(): void {
    const node = this.#find();
    if (this.#watched && node) this.#shown?.look(this.#watched, node);
  }
}
