import { expect, test } from 'vitest';
import { ReadingTime } from './reading-time.ts';

function clocked(visible = true) {
  let now = 0;
  const time = new ReadingTime(() => now, visible);
  return { time, wait: (seconds: number) => void (now += seconds * 1000) };
}

test('time between signs of life counts', () => {
  const { time, wait } = clocked();
  wait(60);
  time.sign();
  wait(30);
  expect(time.take()).toBe(90_000);
});

test('what was taken is not counted again', () => {
  const { time, wait } = clocked();
  wait(60);
  time.take();
  wait(1);
  expect(time.take()).toBe(1_000);
});

test('a page that is left open counts five minutes and no more', () => {
  const { time, wait } = clocked();
  wait(3600);
  time.sign();
  wait(10);
  expect(time.take()).toBe(310_000);
});

test('hidden time does not count', () => {
  const { time, wait } = clocked();
  wait(10);
  time.setVisible(false);
  wait(100);
  time.setVisible(true);
  wait(5);
  expect(time.take()).toBe(15_000);
});

test('a page that was opened in the background counts from when it is seen', () => {
  const { time, wait } = clocked(false);
  wait(100);
  time.setVisible(true);
  wait(5);
  expect(time.take()).toBe(5_000);
});
