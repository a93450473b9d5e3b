import { expect, test } from 'vitest';
import { createHost } from '../direct/host.ts';
import { Clock } from './clock.ts';

/** A clock of 1000 ms after the epoch, whose host's time is set by the test. */
function create(rate: number): { clock: Clock; host: { ms: number } } {
  const host = { ms: 50 };
  return { clock: new Clock(createHost({ monotonicMs: () => host.ms }), 1000, rate), host };
}

test('at rate 1 it follows the host', () => {
  const { clock, host } = create(1);
  expect([clock.uptimeUs(), clock.wallUs()]).toEqual([0, 1_000_000]);
  host.ms += 12.5;
  expect([clock.uptimeUs(), clock.wallUs()]).toEqual([12_500, 1_012_500]);
  expect(clock.realMsUntil(22_500)).toBe(10);
  expect(clock.realMsUntil(0)).toBe(0);
});

test('a change of rate counts from then on, and time never goes back', () => {
  const { clock, host } = create(1);
  host.ms += 10;
  clock.setRate(100);
  host.ms += 10;
  expect(clock.uptimeUs()).toBe(1_010_000);
  expect(clock.realMsUntil(2_010_000)).toBe(10);
  clock.setRate(0);
  host.ms += 1000;
  expect(clock.uptimeUs()).toBe(1_010_000);
  expect(clock.realMsUntil(2_000_000)).toBe(Infinity);
  clock.setRate(0.5);
  host.ms += 10;
  expect(clock.uptimeUs()).toBe(1_015_000);
});

test('it is moved forward, never back, and goes on from there', () => {
  const { clock, host } = create(0);
  clock.advanceTo(500);
  clock.advanceTo(400);
  expect(clock.uptimeUs()).toBe(500);
  clock.setRate(1);
  host.ms += 1;
  clock.advanceTo(10_000);
  host.ms += 1;
  expect(clock.uptimeUs()).toBe(11_000);
});

test('while it stands, a process that keeps asking sees it move, and each run begins with free looks', () => {
  const { clock } = create(0);
  const readUntilBusy = (): number => {
    clock.beginRun();
    let reads = 0;
    while (!clock.busy) {
      expect(clock.readStandingUs()).toBe(clock.busy ? clock.uptimeUs() : before);
      reads++;
    }
    return reads;
  };
  let before = clock.uptimeUs();
  const reads = readUntilBusy();
  expect(reads).toBeGreaterThan(10);
  expect(clock.uptimeUs()).toBeGreaterThan(before);
  before = clock.uptimeUs();
  expect(readUntilBusy()).toBe(reads);
});

test.each([-1, NaN, Infinity])('a rate of %d is refused', (rate) => {
  expect(() => create(1).clock.setRate(rate)).toThrow(RangeError);
});
