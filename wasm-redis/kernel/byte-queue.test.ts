import { expect, test } from 'vitest';
import { choices } from '../tests/choices.ts';
import { ByteQueue } from './byte-queue.ts';

test('bytes come out as they went in, across the end of the ring and through every growth', () => {
  const { below, bytes } = choices(1);
  for (let round = 0; round < 20; round++) {
    const limit = [100, 5000, 70_000, Infinity][round % 4]!;
    const queue = new ByteQueue(limit);
    let model: number[] = [];
    for (let step = 0; step < 300; step++) {
      const size = below(below(2) ? 60 : 4000);
      const start = below(10);
      if (below(2)) {
        const from = bytes(start + size);
        const taken = queue.write(from, start, size);
        expect(taken).toBe(Math.min(size, limit - model.length));
        model = model.concat([...from.subarray(start, start + taken)]);
      } else {
        const into = new Uint8Array(start + size).fill(7);
        const taken = queue.read(into, start, size);
        expect([...into.subarray(start, start + taken)]).toEqual(model.splice(0, taken));
        expect([...into.subarray(0, start), ...into.subarray(start + taken)].every((byte) => byte === 7)).toBe(true);
      }
      expect(queue.length).toBe(model.length);
      expect(queue.space).toBe(limit - model.length);
    }
    expect([...queue.readAll()]).toEqual(model);
    expect(queue.length).toBe(0);
  }
});

test('a full queue takes nothing, an empty one gives nothing', () => {
  const queue = new ByteQueue(3);
  expect(queue.read(new Uint8Array(5), 0, 5)).toBe(0);
  expect(queue.write(Uint8Array.of(1, 2, 3, 4), 0, 4)).toBe(3);
  expect(queue.write(Uint8Array.of(9), 0, 1)).toBe(0);
  queue.clear();
  expect([queue.length, queue.space]).toEqual([0, 3]);
});
