import { expect, test } from 'vitest';
import { scaleTo } from './scale.ts';

test.each([
  [7, 4, [0, 2, 4, 6, 8]],
  [8, 4, [0, 2, 4, 6, 8]],
  [0.7, 4, [0, 0.2, 0.4, 0.6, 0.8]],
  [1, 2, [0, 0.5, 1]],
  [1_234_567, 4, [0, 500_000, 1_000_000, 1_500_000]],
  [0, 2, [0, 0.5]],
])('up to %d in at most %d steps', (largest, steps, marks) => {
  expect(scaleTo(largest, steps)).toEqual({ top: marks.at(-1), marks });
});

test('things that are counted have whole marks', () => {
  expect(scaleTo(1, 4, true).marks).toEqual([0, 1]);
  expect(scaleTo(3, 2, true).marks).toEqual([0, 2, 4]);
  expect(scaleTo(0, 2, true).marks).toEqual([0, 1]);
});

test('the largest value is never off the axis', () => {
  for (let value = 1e-6; value < 1e9; value *= 1.37) expect(scaleTo(value, 3).top).toBeGreaterThanOrEqual(value);
});
