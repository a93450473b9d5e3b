import { escaped } from '../bytes.ts';
import { degrees, frameOf, linesOf, narrowing } from '../map-frame.ts';
import type { Position } from '../values/sorted-set.ts';

const LEAST_WIDTH = 280;
const MOST_WIDTH = 640;
const LEAST_HEIGHT = 160;
const MOST_HEIGHT = 420;
const MARGIN = { left: 64, right: 32, top: 12, bottom: 28 } as const;
/** Of so many points the names would cover each other. */
const MOST_NAMES = 12;

/**
 * A plain map: a graticule and the points. The table beside it says the same in numbers.
 *
 * @param widthPx of the place for it, so that the letters have their size
 */
export function drawMap(positions: readonly Position[], widthPx: number): SVGElement {
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, widthPx));
  const frame = frameOf(positions);
  const inner = width - MARGIN.left - MARGIN.right;
  const wide = (frame.east - frame.west) * narrowing(frame);
  const high = frame.north - frame.south;
  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, (inner * high) / wide));
  const scale = Math.min(inner / wide, height / high);
  // In the middle of what is left over.
  const left = MARGIN.left + (inner - wide * scale) / 2;
  const top = MARGIN.top + (height - high * scale) / 2;
  const x = (longitude: number): number => left + (longitude - frame.west) * narrowing(frame) * scale;
  const y = (latitude: number): number => top + (frame.north - latitude) * scale;
  const [west, east, north, south] = [x(frame.west), x(frame.east), y(frame.north), y(frame.south)];

  const map = svg('svg', {
    viewBox: `0 0 ${width} ${height + MARGIN.top + MARGIN.bottom}`,
    role: 'img',
    'aria-label': `Map of ${positions.length} positions; the table has them in numbers.`,
  });
  map.append(svg('rect', { class: 'rk-sea', x: west, y: north, width: east - west, height: south - north }));
  for (const longitude of linesOf(frame.west, frame.east, frame.step)) {
    const at = x(longitude);
    map.append(svg('line', { class: 'rk-grid', x1: at, x2: at, y1: north, y2: south }));
    const label = degrees(longitude, frame.step, ['E', 'W']);
    map.append(svg('text', { class: 'rk-degree', x: at, y: south + 16, 'text-anchor': 'middle' }, label));
  }
  for (const latitude of linesOf(frame.south, frame.north, frame.step)) {
    const at = y(latitude);
    map.append(svg('line', { class: 'rk-grid', x1: west, x2: east, y1: at, y2: at }));
    const label = degrees(latitude, frame.step, ['N', 'S']);
    map.append(svg('text', { class: 'rk-degree', x: west - 6, y: at + 4, 'text-anchor': 'end' }, label));
  }
  for (const { member, longitude, latitude } of positions) {
    const [atX, atY] = [x(longitude), y(latitude)];
    const name = escaped(member.subarray(0, 30));
    const dot = svg('circle', { class: 'rk-place', cx: atX, cy: atY, r: 5 });
    dot.append(svg('title', {}, name));
    map.append(dot);
    if (positions.length > MOST_NAMES) continue;
    const fits = atX + 10 + name.length * 8 < width;
    const anchor = { x: fits ? atX + 9 : atX - 9, 'text-anchor': fits ? 'start' : 'end' };
    map.append(svg('text', { class: 'rk-place-name', y: atY + 4, ...anchor }, name));
  }
  return map;
}

function svg(name: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}
