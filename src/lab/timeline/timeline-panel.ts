import { element } from '../../dom/element.ts';
import { nodeNames } from '../name-nodes.ts';
import type { NodeEvent } from '../node-event.ts';
import { placeShowing } from '../place-panel.ts';
import { BeliefsView } from '../topology/beliefs-view.ts';
import { Picture } from '../topology/picture.ts';
import topologyCss from '../topology/topology.css?inline';
import type { WatchedLab } from '../watch-lab.ts';
import { timelineText } from './as-text.ts';
import { choose } from './choice.ts';
import { clockWords } from './clock-words.ts';
import { EventFilter } from './event-filter.ts';
import { EventList } from './event-list.ts';
import { type Export, exportBar } from './export-bar.ts';
import { LanesView } from './lanes-view.ts';
import { Scrubber } from './scrubber.ts';
import css from './timeline.css?inline';

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeShowing(place, new TimelinePanel(), topologyCss, css);
}

/** Events in lanes and as a list; the time that is looked at; and the nodes as they were then. */
class TimelinePanel {
  readonly root = element('div', { class: 'tl tp' });
  readonly #status = element('p', { class: 'tp-status', role: 'status' });
  readonly #filter = new EventFilter(() => this.#draw());
  readonly #scrubber = new Scrubber(
    () => this.#moved(),
    (direction) => this.#step(direction),
  );
  readonly #lanes = new LanesView((atMs) => this.#scrubber.goTo(atMs));
  readonly #list = new EventList((atMs) => this.#scrubber.goTo(atMs));
  readonly #then = element('section', { class: 'tl-then' });
  readonly #thenHeading = element('h4');
  readonly #thenNote = element('p');
  readonly #picture = new Picture('Nodes as they were', () => undefined);
  readonly #beliefs = new BeliefsView();
  #watched: WatchedLab | undefined;
  #chosen: readonly NodeEvent[] = [];

  constructor() {
    this.#then.hidden = true;
    this.#then.append(this.#thenHeading, this.#thenNote, this.#picture.root, this.#beliefs.root);
    this.root.append(
      this.#status,
      this.#filter.root,
      this.#lanes.root,
      this.#scrubber.root,
      this.#then,
      this.#list.root,
      exportBar(() => this.#export()),
    );
    this.say('Redis is starting.');
  }

  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  show(watched: WatchedLab | undefined): void {
    this.#watched = watched;
    this.say(watched ? '' : 'Redis is starting.');
    if (!watched) return;
    const { nowMs, uptimeMs, events, nodes } = watched.view;
    this.#filter.offer(nodes.map(({ name }) => name));
    this.#scrubber.update(Math.min(nowMs - uptimeMs, events[0]?.atMs ?? nowMs), nowMs);
    this.#draw();
  }

  close(): void {
    this.#lanes.close();
    this.#picture.close();
  }

  #moved(): void {
    this.#draw();
    this.#list.reveal(this.#scrubber.time.atMs);
  }

  #step(direction: -1 | 1): void {
    const { atMs } = this.#scrubber.time;
    const next =
      direction < 0
        ? this.#chosen.findLast((event) => event.atMs < atMs)
        : this.#chosen.find((event) => event.atMs > atMs);
    if (next) this.#scrubber.goTo(next.atMs);
  }

  #draw(): void {
    const { view, history } = this.#watched ?? {};
    if (!view || !history) return;
    const { nameAll } = nodeNames(view);
    const { atMs, isPast } = this.#scrubber.time;
    this.#chosen = choose(view.events, this.#filter.choice, nameAll);
    const nodes = view.nodes.map(({ name }) => name);
    this.#lanes.show({ events: this.#chosen, nodes, span: this.#scrubber.span, atMs });
    this.#list.show(this.#chosen, atMs, nameAll);
    this.#then.hidden = !isPast;
    const then = isPast ? history.at(atMs) : undefined;
    if (!then) return;
    const words = clockWords(atMs);
    this.#thenHeading.textContent = `The nodes at ${words}`;
    // Before the first look there is only what the logs say.
    const tooEarly = atMs < (history.firstMs ?? 0);
    this.#thenNote.hidden = !tooEarly;
    this.#thenNote.textContent = `Nothing was recorded then: this is the first record, from ${clockWords(then.nowMs)}.`;
    const shown = { ...then, nowMs: tooEarly ? then.nowMs : atMs, events: view.events };
    this.#picture.show(shown);
    this.#beliefs.show(shown);
  }

  #export(): Export {
    const { view } = this.#watched ?? {};
    const [first, last] = [this.#chosen[0], this.#chosen.at(-1)];
    if (!view || !first || !last) return { text: '', count: 0, span: '' };
    return {
      text: timelineText(this.#chosen, nodeNames(view).nameAll),
      count: this.#chosen.length,
      span: `${clockWords(first.atMs)} to ${clockWords(last.atMs)}`,
    };
  }
}
