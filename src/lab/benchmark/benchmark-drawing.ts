import { element } from '../../dom/element.ts';
import { scaleTo } from '../chart/scale.ts';
import { svg } from '../chart/svg.ts';
import type { BenchmarkResult } from './read-csv.ts';

/** A variant that has been run, and the command that it was. */
export interface Measured {
  name: string;
  result: BenchmarkResult;
  words: readonly string[];
}

const BAR_PX = 16;

/** What was measured: bars of requests per second, latencies as two dots, and all of it as a table. */
export class BenchmarkDrawing {
  readonly root = element('div', { class: 'bm-drawing', hidden: true });

  get empty(): boolean {
    return this.root.hidden !== false;
  }

  draw(measured: readonly Measured[]): void {
    this.root.hidden = measured.length === 0;
    this.root.replaceChildren(
      chart(
        'Requests per second',
        measured.map(({ name, result }) => ({ name, value: count(result.requestsPerSecond) })),
        bars(measured.map(({ result }) => result.requestsPerSecond)),
      ),
      chart(
        'Latency: half of the requests (full dot) and 99\u00a0% of them (ring) are answered within',
        measured.map(({ name, result: { p50Ms, p99Ms } }) => ({ name, value: `${ms(p50Ms)} / ${ms(p99Ms)} ms` })),
        dots(measured.map(({ result }) => result)),
      ),
      table(measured),
    );
  }
}

interface Row {
  name: string;
  value: string;
}

/** Rows of a name, a drawing and its value in words: so the picture has a text of its own. */
function chart(title: string, rows: readonly Row[], drawings: readonly SVGElement[]): HTMLElement {
  const cells = rows.flatMap(({ name, value }, index) => [
    element('span', { class: 'bm-name' }, name),
    element('span', { class: 'bm-value' }, value),
    drawings[index]!,
  ]);
  const label = `${title}: ${rows.map(({ name, value }) => `${name} ${value}`).join('; ')}`;
  return element(
    'figure',
    { class: 'bm-chart' },
    element('figcaption', {}, title),
    element('div', { class: 'bm-rows', role: 'img', 'aria-label': label }, ...cells),
  );
}

function bars(values: readonly number[]): SVGElement[] {
  const largest = Math.max(...values);
  return values.map((value) =>
    svg(
      'svg',
      { height: BAR_PX, class: 'bm-bars' },
      svg('rect', { width: '100%', height: BAR_PX, rx: 2, class: 'bm-ground' }),
      svg('rect', { width: `${(100 * value) / largest}%`, height: BAR_PX, rx: 2 }),
    ),
  );
}

function dots(results: readonly BenchmarkResult[]): SVGElement[] {
  const { top } = scaleTo(Math.max(...results.map(({ p99Ms }) => p99Ms)), 4);
  // Not from edge to edge: a dot at either end would be cut in half.
  const at = (value: number): string => `${3 + (94 * value) / top}%`;
  return results.map(({ p50Ms, p99Ms }) =>
    svg(
      'svg',
      { height: BAR_PX, class: 'bm-dots' },
      svg('line', { x1: '0%', x2: '100%', y1: BAR_PX / 2, y2: BAR_PX / 2, class: 'bm-ground' }),
      svg('line', { x1: at(p50Ms), x2: at(p99Ms), y1: BAR_PX / 2, y2: BAR_PX / 2 }),
      svg('circle', { cx: at(p99Ms), cy: BAR_PX / 2, r: 5, class: 'bm-ring' }),
      svg('circle', { cx: at(p50Ms), cy: BAR_PX / 2, r: 5 }),
    ),
  );
}

const COLUMNS: readonly { title: string; cell: (result: BenchmarkResult) => string }[] = [
  { title: 'Requests/s', cell: ({ requestsPerSecond }) => count(requestsPerSecond) },
  { title: 'Mean ms', cell: ({ averageMs }) => ms(averageMs) },
  { title: 'p50 ms', cell: ({ p50Ms }) => ms(p50Ms) },
  { title: 'p95 ms', cell: ({ p95Ms }) => ms(p95Ms) },
  { title: 'p99 ms', cell: ({ p99Ms }) => ms(p99Ms) },
  { title: 'Longest ms', cell: ({ maxMs }) => ms(maxMs) },
];

function table(measured: readonly Measured[]): HTMLElement {
  const heading = (title: string, numeric: boolean): HTMLElement =>
    element('th', { scope: 'col', ...(numeric ? { class: 'bm-number' } : {}) }, title);
  const rows = measured.map(({ name, result, words }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...COLUMNS.map(({ cell }) => element('td', { class: 'bm-number' }, cell(result))),
      element('td', {}, element('code', {}, `redis-benchmark ${words.join(' ')}`)),
    ),
  );
  const head = element('tr', {}, heading('Variant', false), ...COLUMNS.map(({ title }) => heading(title, true)));
  head.append(heading('Command', false));
  return element(
    'div',
    { class: 'bm-scroll', tabindex: '0', role: 'region', 'aria-label': 'The measurements as a table' },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
  );
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
