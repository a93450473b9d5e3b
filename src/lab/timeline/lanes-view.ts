import { element } from '../../dom/element.ts';
import { svg } from '../chart/svg.ts';
import type { EventGroup, NodeEvent } from '../node-event.ts';
import { clockWords } from './clock-words.ts';
import { type Lane, lanesOf, type Mark, ticksOf, xOf } from './lanes.ts';

const LANE_PX = 28;
const AXIS_PX = 22;
/** Room for the halves of marks at both ends. */
const PAD_PX = 8;
const PX_PER_TICK = 110;

/** A shape for each group, so that none is told by colour alone; drawn around 0, 0. */
const SHAPES: Readonly<Record<EventGroup, string>> = {
  failure: 'M0 -6L6 5H-6Z',
  recovery: 'M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z',
  election: 'M0 -6L6 0L0 6L-6 0Z',
  failover: 'M-6 -4H1V-7L7 0L1 7V4H-6Z',
  resync: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0',
  slots: 'M-6 -3H6V3H-6Z',
  process: 'M-4 -4H4V4H-4Z',
  disk: 'M-6 -4H6L0 6Z',
  fault: 'M-5 -5L5 5M5 -5L-5 5',
  discovery: 'M-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0',
};

/** The shape of a group by itself, for the choice of groups. */
export function shapeOf(group: EventGroup): SVGElement {
  return svg(
    'svg',
    { class: 'tl-shape', viewBox: '-8 -8 16 16', width: 16, height: 16, 'aria-hidden': 'true' },
    svg('path', { d: SHAPES[group], class: `tl-mark tl-${group}` }),
  );
}

/** What the lanes show. */
export interface Shown {
  events: readonly NodeEvent[];
  nodes: readonly string[];
  span: { fromMs: number; toMs: number };
  /** Where one looks. */
  atMs: number;
}

/**
 * Lanes of marks over time, a lane for each node. A picture only: the list has everything that it shows. A press on it goes
 * to that time.
 */
export class LanesView {
  readonly root = element('div', { class: 'tl-lanes', 'aria-hidden': 'true' });
  readonly #names = element('div', { class: 'tl-names' });
  readonly #plot = svg('svg', { class: 'tl-plot' });
  readonly #field = element('div', { class: 'tl-field' }, this.#plot);
  readonly #resizes = new ResizeObserver(() => this.#draw());
  #shown: Shown | undefined;

  /** @param onTime told which time was pressed on */
  constructor(onTime: (atMs: number) => void) {
    this.root.append(this.#names, this.#field);
    this.#resizes.observe(this.#field);
    this.#field.addEventListener('click', ({ clientX }) => {
      if (!this.#shown) return;
      const { fromMs, toMs } = this.#shown.span;
      const x = clientX - this.#field.getBoundingClientRect().left - PAD_PX;
      const share = Math.min(1, Math.max(0, x / this.#width));
      onTime(Math.round(fromMs + share * (toMs - fromMs)));
    });
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#draw();
  }

  close(): void {
    this.#resizes.disconnect();
  }

  get #width(): number {
    return Math.max(1, this.#field.clientWidth - 2 * PAD_PX);
  }

  #draw(): void {
    const shown = this.#shown;
    if (!shown || this.#field.clientWidth === 0) return;
    const { events, nodes, span, atMs } = shown;
    const width = this.#width;
    const lanes = lanesOf(events, nodes, span, width);
    const height = lanes.length * LANE_PX + AXIS_PX;
    this.#names.replaceChildren(...lanes.map(({ node }) => element('span', { title: node }, node)));
    this.#plot.setAttribute('viewBox', `${-PAD_PX} 0 ${width + 2 * PAD_PX} ${height}`);
    this.#plot.setAttribute('width', String(width + 2 * PAD_PX));
    this.#plot.setAttribute('height', String(height));
    const now = xOf(Math.min(span.toMs, Math.max(span.fromMs, atMs)), span, width);
    this.#plot.replaceChildren(
      ...ticksOf(span, Math.max(1, Math.floor(width / PX_PER_TICK))).flatMap((tick) =>
        axisTick(tick, span, width, height),
      ),
      ...lanes.flatMap((lane, index) => drawLane(lane, index, width)),
      svg('path', { class: 'tl-now', d: `M${now} 0V${height - AXIS_PX}` }),
    );
  }
}

function drawLane({ marks }: Lane, index: number, width: number): SVGElement[] {
  const y = index * LANE_PX + LANE_PX / 2;
  return [svg('path', { class: 'tl-lane', d: `M0 ${y}H${width}` }), ...marks.map((mark) => drawMark(mark, y))];
}

function drawMark({ x, group, count, event }: Mark, y: number): SVGElement {
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return svg(
    'g',
    { transform: `translate(${x.toFixed(1)} ${y})` },
    svg('title', {}, `${clockWords(event.atMs)} ${event.label}${more}`),
    svg('path', { d: SHAPES[group], class: `tl-mark tl-${group}` }),
  );
}

function axisTick(atMs: number, span: Shown['span'], width: number, height: number): SVGElement[] {
  const x = xOf(atMs, span, width);
  // The labels at both ends stay within.
  const anchor = x < 30 ? 'start' : x > width - 30 ? 'end' : 'middle';
  const words = clockWords(atMs).replace(/\.000$/, '');
  return [
    svg('path', { class: 'tl-tick', d: `M${x} 0V${height - AXIS_PX + 4}` }),
    svg('text', { class: 'tl-time', x, y: height - 5, 'text-anchor': anchor }, words),
  ];
}
