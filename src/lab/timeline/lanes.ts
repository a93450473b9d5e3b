import type { EventGroup, NodeEvent } from '../node-event.ts';

/** A mark in a lane: one event, or several that lie too close to be told apart. */
export interface Mark {
  /** From the left edge of the lanes, in CSS pixels. */
  x: number;
  group: EventGroup;
  count: number;
  /** Of the first. */
  event: NodeEvent;
}

export interface Lane {
  node: string;
  marks: readonly Mark[];
}

/** Closer than this, two marks of a kind become one. */
const LEAST_PX = 7;

/**
 * The events of a span of time as marks, a lane for each node, in the order of `nodes`; what belongs to no node of these
 * comes first. Events outside of the span are left out. A span without length puts all in the middle.
 */
export function lanesOf(
  events: readonly NodeEvent[],
  nodes: readonly string[],
  span: { fromMs: number; toMs: number },
  widthPx: number,
): Lane[] {
  const lanes = new Map<string, Mark[]>(nodes.map((name) => [name, []]));
  const strangers = new Map<string, Mark[]>();
  for (const event of events) {
    if (event.atMs < span.fromMs || event.atMs > span.toMs) continue;
    const marks = lanes.get(event.node) ?? strangers.get(event.node) ?? [];
    if (!lanes.has(event.node)) strangers.set(event.node, marks);
    const x = xOf(event.atMs, span, widthPx);
    const near = marks.findLast((mark) => mark.group === event.group);
    if (near && x - near.x < LEAST_PX) near.count++;
    else marks.push({ x, group: event.group, count: 1, event });
  }
  return [...strangers, ...lanes].map(([node, marks]) => ({ node, marks }));
}

/** Where a time lies in a span drawn over so many pixels. */
export function xOf(atMs: number, { fromMs, toMs }: { fromMs: number; toMs: number }, widthPx: number): number {
  return toMs > fromMs ? ((atMs - fromMs) / (toMs - fromMs)) * widthPx : widthPx / 2;
}

/** Round times in a span, at most `most`, for the axis: 1, 2 or 5 times a power of ten milliseconds apart, or minutes. */
export function ticksOf({ fromMs, toMs }: { fromMs: number; toMs: number }, most: number): number[] {
  const STEPS = [
    10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5, 216e5, 864e5,
  ];
  const step =
    STEPS.find((each) => (toMs - fromMs) / each <= most) ?? 864e5 * Math.ceil((toMs - fromMs) / 864e5 / most);
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) ticks.push(at);
  return ticks;
}
