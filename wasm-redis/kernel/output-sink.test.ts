import { expect, test } from 'vitest';
import { OutputSink, type SinkListener } from './output-sink.ts';

const KILOBYTE = new Uint8Array(1024);

function create(listener: SinkListener | undefined): { sink: OutputSink; drained: () => number } {
  let drained = 0;
  const sink = new OutputSink(listener, () => drained++);
  return { sink, drained: () => drained };
}

function fill(sink: OutputSink): void {
  while (!sink.full) sink.write(KILOBYTE, 0, Math.min(1024, sink.space));
}

test('what is written arrives in one piece', () => {
  const received: number[][] = [];
  const { sink } = create((bytes) => void received.push([...bytes]));
  sink.write(Uint8Array.of(1, 2, 3), 1, 2);
  sink.write(Uint8Array.of(4), 0, 1);
  expect([sink.pending, received]).toEqual([true, []]);
  sink.flush();
  sink.flush();
  expect([sink.pending, received]).toEqual([false, [[2, 3, 4]]]);
});

test('a listener that takes its bytes at once lets the writer go on at once', () => {
  const { sink, drained } = create(() => {});
  fill(sink);
  expect(drained()).toBe(0);
  sink.flush();
  expect([sink.full, drained()]).toEqual([false, 1]);
});

test.each(['resolve', 'reject'] as const)(
  'bytes count until the promise of their listener has settled: %s',
  async (how) => {
    const consumed = Promise.withResolvers<void>();
    const { sink, drained } = create(() => consumed.promise);
    fill(sink);
    sink.flush();
    expect([sink.full, sink.pending, drained()]).toEqual([true, false, 0]);
    consumed[how]();
    await consumed.promise.catch(() => undefined);
    await Promise.resolve();
    expect([sink.full, drained()]).toEqual([false, 1]);
  },
);

test('a listener that sends its bytes elsewhere, and so empties them, is still slow', async () => {
  const consumed = Promise.withResolvers<void>();
  const { sink } = create((bytes) => {
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return consumed.promise;
  });
  fill(sink);
  sink.flush();
  expect(sink.full).toBe(true);
  consumed.resolve();
  await consumed.promise;
  await Promise.resolve();
  expect(sink.full).toBe(false);
});

test('without a listener everything is dropped and nobody waits', () => {
  const { sink } = create(undefined);
  for (let i = 0; i < 1000; i++) sink.write(KILOBYTE, 0, 1024);
  expect([sink.full, sink.pending, sink.space]).toEqual([false, false, Infinity]);
});
