import { element } from '../../dom/element.ts';
import { LineChart } from '../chart/line-chart.ts';
import { readInfo } from './info.ts';
import { KeyedTable } from './keyed-table.ts';
import { failureOf, type LoadView, type LookedAt } from './load-view.ts';
import { type Sample, Samples } from './samples.ts';

/** Rows of the table: the newest. */
const ROWS_MAX = 30;
const MIB = 1024 * 1024;

type Figure = Exclude<keyof Sample, 'uptimeMs'>;

interface Series {
  figure: Figure;
  title: string;
  format: (value: number) => string;
  whole?: boolean;
  top?: number;
  unit?: (largest: number) => number;
}

const SERIES: readonly Series[] = [
  { figure: 'opsPerSecond', title: 'Commands per second', format: count, whole: true },
  { figure: 'hitRate', title: 'Hit rate of reads', format: (rate) => `${Math.round(100 * rate)} %`, top: 1 },
  { figure: 'memoryBytes', title: 'Memory used', format: bytes, unit: bytesUnit },
  { figure: 'clients', title: 'Clients', format: count, whole: true },
];

/** Load over the machine's time, as the node says it in INFO. */
export class ChartsView implements LoadView {
  readonly name = 'Charts';
  readonly root: HTMLElement;
  readonly #samples = new Samples();
  readonly #charts = SERIES.map((series) => new LineChart({ ...series, formatX: uptime }));
  readonly #clock = element('p', { class: 'll-hint' });
  readonly #table = new KeyedTable(
    'The same as a table',
    [{ title: 'Machine’s time' }, ...SERIES.map(({ title }) => ({ title, numeric: true }))],
    'No values yet.',
  );
  #node: LookedAt | undefined;

  constructor() {
    this.root = element(
      'div',
      {},
      element('div', { class: 'll-charts' }, ...this.#charts.map(({ root }) => root)),
      this.#clock,
      element('details', {}, element('summary', {}, 'The same as a table'), this.#table.root),
    );
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#samples.clear();
    this.#draw();
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const [answer, clock] = await Promise.all([node.line.ask('INFO'), node.lab.machine.clock()]);
    if (node !== this.#node) return undefined;
    this.#clock.textContent =
      clock.rate === 0
        ? 'The machine’s clock is paused: figures over time change when it moves.'
        : 'Commands per second are Redis’s own average over the last 1.6 s, and include the questions of this panel.';
    if (typeof answer === 'string') this.#samples.add(clock.uptimeMs, readInfo(answer));
    this.#draw();
    return failureOf(node, answer);
  }

  rest(): void {
    // Nothing goes on beside the looks.
  }

  #draw(): void {
    const samples = this.#samples.all;
    SERIES.forEach(({ figure }, index) => {
      this.#charts[index]!.draw(samples.map((sample) => ({ x: sample.uptimeMs, y: sample[figure] })));
    });
    const newest = samples.slice(-ROWS_MAX).reverse();
    this.#table.draw(
      newest.map((sample) => ({
        key: String(sample.uptimeMs),
        cells: [
          uptime(sample.uptimeMs),
          ...SERIES.map(({ figure, format }) => {
            const value = sample[figure];
            return value === undefined ? '–' : format(value);
          }),
        ],
      })),
    );
  }
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function bytesUnit(largest: number): number {
  return largest < MIB ? 1024 : MIB;
}

function bytes(value: number): string {
  if (value < MIB) return `${Math.round(value / 1024)} KiB`;
  return `${(value / MIB).toFixed(2)} MiB`;
}

/** The machine's time since it was started: `1:05.5`, `1:02:03.0`. */
function uptime(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const [hours, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
  const padded = seconds.toFixed(1).padStart(4, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}
