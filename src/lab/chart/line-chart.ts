import { element } from '../../dom/element.ts';
import { lineThrough, type Plot, type Point } from './line-path.ts';
import { scaleTo } from './scale.ts';
import { svg } from './svg.ts';

const WIDTH = 320;
const HEIGHT = 110;
/** Room at the right for the marks' texts, and under it for the times. */
const PLOT: Plot = { left: 4, top: 8, width: 262, height: 80 };

export interface LineChartOptions {
  title: string;
  /** A value as the reader sees it, with its unit. */
  format: (value: number) => string;
  /** What is counted has whole marks. */
  whole?: boolean;
  /** Marks are round numbers of this unit, which may depend on the largest value. */
  unit?: (largest: number) => number;
  /** The axis ends here and not at the largest value. */
  top?: number;
  /** `x` as the reader sees it. */
  formatX: (x: number) => string;
}

/** A small line chart over time: its last value in large, the line, and in words what the line shows. */
export class LineChart {
  readonly root: HTMLElement;
  readonly #options: LineChartOptions;
  readonly #value = element('p', { class: 'rm-chart-value' });
  readonly #drawing = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'rm-chart-drawing' });

  constructor(options: LineChartOptions) {
    this.#options = options;
    this.root = element(
      'div',
      { class: 'rm-chart' },
      element('p', { class: 'rm-chart-title' }, options.title),
      this.#value,
    );
    this.root.append(this.#drawing);
    this.draw([]);
  }

  /** Points in the order of `x`. */
  draw(points: readonly Point[]): void {
    const { title, format, formatX, whole, top, unit } = this.#options;
    const values = points.flatMap(({ y }) => y ?? []);
    // That of the last point that has one: a rate of nothing is none, and no news.
    const last = values.at(-1);
    this.#value.textContent = last === undefined ? '–' : format(last);
    const largest = top ?? Math.max(0, ...values);
    const one = unit?.(largest) ?? 1;
    const scale = scaleTo(largest / one, 2, whole);
    const [fromX, toX] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
    const grid = scale.marks.map((mark) => {
      const y = PLOT.top + PLOT.height * (1 - mark / scale.top);
      const line = svg('line', { x1: PLOT.left, x2: PLOT.left + PLOT.width, y1: y, y2: y });
      const text = svg('text', { x: PLOT.left + PLOT.width + 6, y: y + 4 }, format(mark * one));
      return svg('g', { class: 'rm-chart-mark' }, line, text);
    });
    const line = lineThrough(points, PLOT, fromX, toX, scale.top * one);
    const dots = line.dots.map((dot) => svg('circle', { ...dot, r: 3, class: 'rm-chart-dot' }));
    const times =
      points.length < 2
        ? []
        : [
            svg('text', { x: PLOT.left, y: HEIGHT - 4 }, formatX(fromX)),
            svg('text', { x: PLOT.left + PLOT.width, y: HEIGHT - 4, class: 'rm-chart-end' }, formatX(toX)),
          ];
    this.#drawing.replaceChildren(...grid, svg('path', { d: line.d, class: 'rm-chart-line' }), ...dots, ...times);
    const range = `from ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
    const words = values.length === 0 ? 'no values yet' : `${range}, last ${format(last!)}`;
    this.#drawing.setAttribute('aria-label', `${title}: ${words}`);
  }
}
