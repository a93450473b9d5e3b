import { expect, test } from 'vitest';
import { degrees, frameOf, linesOf, narrowing } from './map-frame.ts';

const BERN = { longitude: 7.4474, latitude: 46.948 };

test('the frame holds every point, begins and ends at lines of the graticule, and has room around', () => {
  const frame = frameOf([BERN, { longitude: 8.5417, latitude: 47.3769 }, { longitude: 6.1432, latitude: 46.2044 }]);
  expect(frame).toEqual({ west: 6, south: 46, east: 9, north: 47.5, step: 0.5 });
  expect(linesOf(frame.west, frame.east, frame.step)).toEqual([6, 6.5, 7, 7.5, 8, 8.5, 9]);
});

test('one point, points around the world and none at all have a frame too', () => {
  const one = frameOf([BERN]);
  expect(one.west).toBeLessThan(BERN.longitude);
  expect(one.north).toBeGreaterThan(BERN.latitude);
  expect(one.east - one.west).toBeLessThan(0.1);
  const world = frameOf([
    { longitude: -180, latitude: -85 },
    { longitude: 180, latitude: 85 },
  ]);
  expect(world).toEqual({ west: -180, south: -90, east: 180, north: 90, step: 30 });
  expect(frameOf([])).toEqual(world);
});

test('a degree of longitude is drawn narrower away from the equator, and never as nothing', () => {
  expect(narrowing(frameOf([{ longitude: 0, latitude: 0 }]))).toBeCloseTo(1);
  expect(narrowing(frameOf([{ longitude: 0, latitude: 60 }]))).toBeCloseTo(0.5, 2);
  expect(narrowing(frameOf([{ longitude: 0, latitude: 85 }]))).toBe(0.2);
});

test('degrees are written with the digits of the graticule and their side', () => {
  expect(degrees(7.5, 0.5, ['E', 'W'])).toBe('7.5° E');
  expect(degrees(-12, 2, ['N', 'S'])).toBe('12° S');
  expect(degrees(-1e-12, 0.1, ['E', 'W'])).toBe('0°');
});
