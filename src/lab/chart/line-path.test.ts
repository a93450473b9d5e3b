import { expect, test } from 'vitest';
import { linePath } from './line-path.ts';

const PLOT = { left: 10, top: 5, width: 100, height: 50 };

test('points are put where their values are, the largest on top', () => {
  const points = [
    { x: 1000, y: 0 },
    { x: 1500, y: 1 },
    { x: 2000, y: 2 },
  ];
  expect(linePath(points, PLOT, 1000, 2000, 2)).toBe('M10 55L60 30L110 5');
});

test('a gap begins a new piece, and a point alone is a dot', () => {
  const points = [
    { x: 0, y: 1 },
    { x: 50, y: undefined },
    { x: 75, y: 0 },
    { x: 100, y: 1 },
  ];
  expect(linePath(points, PLOT, 0, 100, 1)).toBe('M10 5L10 5M85 55L110 5');
  expect(linePath([{ x: 7, y: 1 }], PLOT, 7, 7, 1)).toBe('M10 5L10 5');
  expect(linePath([], PLOT, 0, 1, 1)).toBe('');
});
