import { element } from '../../dom/element.ts';
import { LineChart } from '../chart/line-chart.ts';
import { KeyedTable } from './keyed-table.ts';
import { type LatencyEvent, readHistory, readLatest } from './latency.ts';
import { failureOf, type LoadView, type LookedAt, type Say, tell } from './load-view.ts';
import { timeOfDay } from './monitor-line.ts';
import { Setting } from './setting.ts';

/** The latency monitor: threshold, LATEST, HISTORY of one event, and what DOCTOR says. */
export class LatencyView implements LoadView {
  readonly name = 'LATENCY';
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #threshold: Setting;
  readonly #latest = new KeyedTable(
    'Latest spikes',
    [
      { title: 'Event' },
      { title: 'Last' },
      { title: 'Took', numeric: true },
      { title: 'Longest', numeric: true },
      { title: 'History' },
    ],
    'No spike has reached the threshold.',
  );
  readonly #history = element('div', { hidden: true });
  readonly #spikes = new KeyedTable('Spikes of this event', [{ title: 'At' }, { title: 'Took', numeric: true }], '');
  readonly #chart = new LineChart({ title: 'Spikes', format: milliseconds, formatX: clockTime });
  readonly #title = element('h4', {});
  readonly #doctor = element('pre', {
    class: 'lp-text',
    tabindex: '0',
    role: 'region',
    'aria-label': 'LATENCY DOCTOR',
    hidden: true,
  });
  #node: LookedAt | undefined;
  #event: string | undefined;

  constructor(say: Say) {
    this.#say = say;
    this.#threshold = new Setting('latency-monitor-threshold', 'Threshold, in milliseconds (0 off)', say);
    this.#history.append(this.#title, this.#chart.root, this.#spikes.root);
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'll-bar' },
        this.#threshold.root,
        element('button', { type: 'button', click: () => void this.#ask() }, 'Ask the doctor'),
        element('button', { type: 'button', click: () => void this.#reset() }, 'Forget all'),
      ),
      this.#latest.root,
      this.#history,
      this.#doctor,
    );
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#event = undefined;
    this.#history.hidden = true;
    this.#doctor.hidden = true;
    this.#threshold.begin(node);
    this.#latest.draw([]);
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const [answer] = await Promise.all([node.line.ask('LATENCY', 'LATEST'), this.#threshold.look()]);
    if (node !== this.#node) return undefined;
    const failure = failureOf(node, answer);
    if (failure !== undefined || answer === undefined) return failure;
    this.#latest.draw(readLatest(answer).map((event) => this.#row(event)));
    await this.#showHistory(node);
    return undefined;
  }

  rest(): void {
    // Nothing goes on beside the looks.
  }

  #row({ event, atMs, latestMs, maxMs }: LatencyEvent): { key: string; cells: (string | (() => Node))[] } {
    const choose = (): void => {
      this.#event = event;
      if (this.#node) void this.#showHistory(this.#node);
    };
    const button = (): Node =>
      element('button', { type: 'button', 'aria-label': `Show the history of ${event}`, click: choose }, 'Show');
    return { key: event, cells: [event, clockTime(atMs), milliseconds(latestMs), milliseconds(maxMs), button] };
  }

  async #showHistory(node: LookedAt): Promise<void> {
    const event = this.#event;
    if (event === undefined) return;
    const answer = await node.line.ask('LATENCY', 'HISTORY', event);
    if (node !== this.#node || answer === undefined) return;
    const spikes = readHistory(answer);
    this.#history.hidden = spikes.length === 0;
    this.#title.textContent = `History of ${event}`;
    this.#chart.draw(spikes.map(({ atMs, tookMs }) => ({ x: atMs, y: tookMs })));
    this.#spikes.draw(
      spikes
        .map(({ atMs, tookMs }) => ({ key: String(atMs), cells: [clockTime(atMs), milliseconds(tookMs)] }))
        .reverse(),
    );
  }

  async #ask(): Promise<void> {
    const node = this.#node;
    const answer = await node?.line.ask('LATENCY', 'DOCTOR');
    if (!node || node !== this.#node) return;
    this.#doctor.hidden = typeof answer !== 'string';
    if (typeof answer === 'string') this.#doctor.textContent = answer;
    else this.#say(failureOf(node, answer) ?? '');
  }

  async #reset(): Promise<void> {
    if (!this.#node || !(await tell(this.#node, this.#say, 'LATENCY', 'RESET'))) return;
    this.#event = undefined;
    this.#history.hidden = true;
    await this.look();
    this.#say('All spikes were forgotten.');
  }
}

function milliseconds(ms: number): string {
  return `${ms.toLocaleString('en')} ms`;
}

function clockTime(atMs: number): string {
  return timeOfDay(atMs).slice(0, 8);
}
