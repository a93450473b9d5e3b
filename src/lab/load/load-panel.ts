import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { NodeConnection } from '../ask.ts';
import { placeLooking } from '../place-panel.ts';
import chartCss from '../chart/chart.css?inline';
import { ChartsView } from './charts-view.ts';
import { ClientsView } from './clients-view.ts';
import { InfoView } from './info-view.ts';
import { LatencyView } from './latency-view.ts';
import css from './load.css?inline';
import type { LoadView, LookedAt } from './load-view.ts';
import { MonitorView } from './monitor-view.ts';
import { SlowlogView } from './slowlog-view.ts';
import { TabList } from './tab-list.ts';
import { type Target, targetsOf } from './targets.ts';

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeLooking(place, new LoadPanel(), chartCss, css);
}

/** A node, chosen from those of the machine, and what it says of its load. */
class LoadPanel {
  readonly root = element('div', { class: 'll' });
  readonly #node = element('select', {});
  readonly #status = element('p', { class: 'll-status', role: 'status' });
  readonly #failure = element('p', { class: 'll-status', role: 'status' });
  readonly #charts = new ChartsView();
  readonly #views: readonly LoadView[];
  readonly #tabs: TabList;
  #shown: LoadView;
  #lab: Lab | undefined;
  #targets: readonly Target[] = [];
  #looked: LookedAt | undefined;

  constructor() {
    const say = (text: string): void => this.say(text);
    const others = [new InfoView(say), new SlowlogView(say), new LatencyView(say), new ClientsView(say)];
    this.#views = [this.#charts, new MonitorView(), ...others];
    this.#shown = this.#charts;
    this.#tabs = new TabList('Views of the load', this.#views, (index) => this.#show(this.#views[index]!));
    this.#node.addEventListener('change', () => {
      this.#choose(this.#node.value);
      void this.look();
    });
    this.root.append(
      element('label', { class: 'll-node' }, element('span', {}, 'Node'), this.#node),
      this.#tabs.root,
      this.#failure,
      this.#status,
      ...this.#tabs.panels,
    );
    this.say('Redis is starting.');
  }

  say(text: string): void {
    setText(this.#status, text);
  }

  /** Another machine, or the same one at another time: all is looked at anew. */
  begin(lab: Lab | undefined): void {
    this.#lab = lab;
    this.#end();
    this.#targets = [];
    if (lab) void this.look();
  }

  async look(): Promise<void> {
    const lab = this.#lab;
    if (!lab) return;
    try {
      const targets = targetsOf(lab.nodes, await lab.machine.processes());
      if (lab !== this.#lab) return;
      this.#offer(targets);
      // The charts go on while another view is shown.
      const views = new Set<LoadView>([this.#charts, this.#shown]);
      const failures = await Promise.all([...views].map((view) => view.look()));
      if (lab === this.#lab) setText(this.#failure, failures.at(-1) ?? '');
    } catch (error) {
      // The machine ended or was put back in the meantime: `begin` is called with what there is now.
      if (!(error instanceof MachineError)) throw error;
    }
  }

  #offer(targets: readonly Target[]): void {
    if (this.#looked && sameNames(targets, this.#targets)) return;
    const chosen = this.#node.value;
    this.#targets = targets;
    this.#node.replaceChildren(...targets.map(({ name }) => element('option', { value: name }, name)));
    const kept = targets.find(({ name }) => name === chosen) ?? targets[0];
    if (!kept) return;
    this.#node.value = kept.name;
    if (this.#looked?.target.name !== kept.name) this.#choose(kept.name);
  }

  #choose(name: string): void {
    const target = this.#targets.find((candidate) => candidate.name === name);
    if (!this.#lab || !target) return;
    this.#end();
    const { password } = target;
    const options = { name: 'panel-load', ...(password === undefined ? {} : { password }) };
    const looked = { lab: this.#lab, target, line: new NodeConnection(this.#lab.machine, target, options) };
    this.#looked = looked;
    this.say('');
    for (const view of this.#views) view.begin(looked);
  }

  #show(view: LoadView): void {
    this.#shown.rest();
    this.#shown = view;
    this.say('');
    void this.look();
  }

  #end(): void {
    for (const view of this.#views) view.rest();
    this.#looked?.line.close();
    this.#looked = undefined;
  }
}

/** Said again only if it is something else. */
function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

function sameNames(some: readonly Target[], others: readonly Target[]): boolean {
  return some.map(({ name }) => name).join() === others.map(({ name }) => name).join();
}
