import { expect, test } from 'vitest';
import { AT_ONCE, ConnectionPace, EACH_US } from './connection-pace.ts';

const NOW = 5_000_000;

function burst(pace: ConnectionPace, count: number, nowUs = NOW): number[] {
  return Array.from({ length: count }, () => pace.next('a b', nowUs) - nowUs);
}

test('a burst takes no time; what exceeds it comes one by one', () => {
  const pace = new ConnectionPace();
  expect(burst(pace, AT_ONCE)).toEqual(Array(AT_ONCE).fill(0));
  expect(burst(pace, 3)).toEqual([EACH_US, 2 * EACH_US, 3 * EACH_US]);
});

test('after a while without connections a burst is free again', () => {
  const pace = new ConnectionPace();
  burst(pace, AT_ONCE);
  expect(burst(pace, 3, NOW + 2 * EACH_US)).toEqual([0, 0, EACH_US]);
  expect(burst(pace, AT_ONCE, NOW + 1000 * EACH_US).at(-1)).toBe(0);
});

test('each direction between two hosts has a pace of its own', () => {
  const pace = new ConnectionPace();
  burst(pace, AT_ONCE);
  expect(pace.next('b a', NOW)).toBe(NOW);
  expect(pace.next('a b', NOW)).toBeGreaterThan(NOW);
});

test('it is put back with the machine', () => {
  const pace = new ConnectionPace();
  burst(pace, AT_ONCE);
  const restore = pace.remember();
  const after = burst(pace, 5);
  restore();
  expect(burst(pace, 5)).toEqual(after);
});
