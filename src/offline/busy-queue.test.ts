import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BusyQueue } from './busy-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ask = (queue: BusyQueue, engine: string, after: number, waitMs = 0): Promise<Response> =>
  queue.answer(new URL(`http://site/~busy-input/${engine}?after=${String(after)}&wait=${String(waitMs)}`));
const leave = (queue: BusyQueue, engine: string, last: number): void =>
  queue.leave({ type: 'busy-input', url: `/~busy-input/${engine}`, last, text: `up to ${String(last)}` });

test('a worker gets the calls that it does not have, marked by a header', async () => {
  const queue = new BusyQueue();
  leave(queue, 'a', 3);
  const answer = await ask(queue, 'a', 2);
  expect(answer.headers.get('x-busy-input')).toBe('1');
  expect(await answer.text()).toBe('up to 3');
  expect(await (await ask(queue, 'a', 3)).text()).toBe('');
  expect(await (await ask(queue, 'b', 0)).text()).toBe('');
});

test('a worker with nothing to do waits until a call comes', async () => {
  const queue = new BusyQueue();
  const answer = ask(queue, 'a', 0, 500);
  await vi.advanceTimersByTimeAsync(100);
  leave(queue, 'a', 1);
  expect(await (await answer).text()).toBe('up to 1');
});

test('and gets nothing when its time has passed', async () => {
  const queue = new BusyQueue();
  const answer = ask(queue, 'a', 0, 500);
  await vi.advanceTimersByTimeAsync(500);
  expect(await (await answer).text()).toBe('');
});

test('of many workers the one heard of least recently is forgotten', async () => {
  const queue = new BusyQueue();
  for (let i = 0; i < 17; i++) leave(queue, `engine-${String(i)}`, 1);
  expect(await (await ask(queue, 'engine-0', 0)).text()).toBe('');
  expect(await (await ask(queue, 'engine-1', 0)).text()).toBe('up to 1');
});
