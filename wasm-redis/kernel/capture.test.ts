import { expect, test } from 'vitest';
import type { Segment, SegmentEnd } from '../machine.ts';
import { Capture } from './capture.ts';

const end = (host: string, port: number): SegmentEnd => ({ host, address: host, port, outside: false });
const [A, B, C] = [end('10.0.0.1', 6379), end('10.0.0.2', 40000), end('10.0.0.3', 40001)];

function segment(text: string): Segment {
  const bytes = new TextEncoder().encode(text);
  const known = { kind: 'data', connection: 1, from: B, to: A, delayed: false, lost: false, again: false } as const;
  return { ...known, uptimeMs: 0, offset: 0, byteCount: bytes.length, bytes };
}

const textsOf = (capture: Capture): string[] =>
  capture.take().segments.map(({ bytes }) => new TextDecoder().decode(bytes));

test('what is taken is taken once, its bytes in one buffer', () => {
  const capture = new Capture();
  for (const text of ['abc', '', 'de']) capture.add(segment(text));
  const taken = capture.take();
  expect(new TextDecoder().decode(taken.bytes)).toBe('abcde');
  expect(taken.segments.map(({ bytes }) => bytes.buffer === taken.bytes.buffer)).toEqual([true, true, true]);
  expect(taken.segments.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(['abc', '', 'de']);
  expect(capture.take()).toEqual({ segments: [], bytes: new Uint8Array(0), dropped: 0 });
});

test('the oldest give way to the newest, by bytes and by number, and are counted', () => {
  const byBytes = new Capture({}, 5);
  for (const text of ['abc', 'de', 'f']) byBytes.add(segment(text));
  expect(byBytes.take().dropped).toBe(1);
  for (const text of ['ab', 'larger than all']) byBytes.add(segment(text));
  expect(byBytes.take()).toMatchObject({ segments: [], dropped: 2 });
  const byNumber = new Capture({}, Infinity, 3);
  for (let count = 0; count < 5000; count++) byNumber.add(segment(String(count)));
  expect(textsOf(byNumber)).toEqual(['4997', '4998', '4999']);
});

test('a filter lets pass what has its hosts as ends, and its port, in both directions', () => {
  const both = (capture: Capture, from: SegmentEnd, to: SegmentEnd): boolean[] => [
    capture.wants(from, to),
    capture.wants(to, from),
  ];
  expect(both(new Capture(), A, B)).toEqual([true, true]);
  expect(both(new Capture({ port: 6379 }), A, B)).toEqual([true, true]);
  expect(both(new Capture({ port: 6379 }), B, C)).toEqual([false, false]);
  expect(both(new Capture({ hosts: [A.host, B.host] }), A, B)).toEqual([true, true]);
  expect(both(new Capture({ hosts: [A.host, B.host] }), A, C)).toEqual([false, false]);
  expect(both(new Capture({ hosts: [A.host, B.host] }), A, A)).toEqual([false, false]);
  expect(both(new Capture({ hosts: [C.host] }), A, C)).toEqual([true, true]);
  expect(both(new Capture({ hosts: [A.host, B.host], port: 7 }), A, B)).toEqual([false, false]);
});
