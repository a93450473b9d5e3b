import { expect, test } from 'vitest';
import { lineThrough } from './line-path.ts';

const PLOT = { left: 10, top: 5, width: 100, height: 50 };

test('points are put where their values are, the largest on top', () => {
  const points = [
    { x: 1000, y: 0 },
    { x: 1500, y: 1 },
    { x: 2000, y: 2 },
  ];
  expect(lineThrough(points, PLOT, 1000, 2000, 2)).toEqual({ d: 'M10 55L60 30L110 5', dots: [] });
});

test('a gap begins a new piece, and a point alone is a dot', () => {
  const points = [
    { x: 0, y: 1 },
    { x: 50, y: undefined },
    { x: 75, y: 0 },
    { x: 100, y: 1 },
  ];
  expect(lineThrough(points, PLOT, 0, 100, 1)).toEqual({ d: 'M85 55L110 5', dots: [{ cx: 10, cy: 5 }] });
  expect(lineThrough([{ x: 7, y: 1 }], PLOT, 7, 7, 1)).toEqual({ d: '', dots: [{ cx: 10, cy: 5 }] });
  expect(lineThrough([], PLOT, 0, 1, 1)).toEqual({ d: '', dots: [] });
});
