import { expect, test } from 'vitest';
import { PAGE_BYTES, Pages } from './pages.ts';

const count = (pages: Pages): number => [...pages].length;

function filled(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) | 1);
}

test.each([0, 1, 4, PAGE_BYTES - 1, PAGE_BYTES, PAGE_BYTES + 2, 3 * PAGE_BYTES + 5])(
  '%i bytes come back as they were, into a place that held something else',
  (length) => {
    const bytes = filled(length + 7);
    const pages = new Pages(bytes, length, undefined);
    const target = new Uint8Array(length + 7).fill(0xee);
    bytes.fill(0);
    pages.copyTo(target);
    expect(target).toEqual(
      Uint8Array.from([...filled(length + 7).subarray(0, length), ...Array<number>(7).fill(0xee)]),
    );
    expect(pages.equals(target, length)).toBe(true);
    expect(pages.equals(target, length + 1)).toBe(false);
  },
);

test('one byte that differs is seen, wherever it is', () => {
  const length = 2 * PAGE_BYTES + 3;
  const bytes = filled(length);
  const pages = new Pages(bytes, length, undefined);
  for (const at of [0, PAGE_BYTES - 1, PAGE_BYTES, length - 1]) {
    bytes[at]! ^= 1;
    expect(pages.equals(bytes, length), `byte ${at}`).toBe(false);
    bytes[at]! ^= 1;
  }
  expect(pages.equals(bytes, length)).toBe(true);
});

test('only pages that changed are new, and zeros take no memory', () => {
  const bytes = filled(4 * PAGE_BYTES);
  const first = new Pages(bytes, bytes.length, undefined);
  bytes[PAGE_BYTES] = 0;
  bytes.fill(0, 3 * PAGE_BYTES);
  const second = new Pages(bytes, bytes.length, first);
  const known = new Set(first);
  expect([count(first), count(second)]).toEqual([4, 3]);
  expect([...second].map((page) => known.has(page))).toEqual([true, false, true]);
  expect(count(new Pages(new Uint8Array(5 * PAGE_BYTES), 5 * PAGE_BYTES, second))).toBe(0);
});

test('a shorter and a longer one share what is equal, and each has its own length', () => {
  const bytes = filled(3 * PAGE_BYTES);
  const long = new Pages(bytes, bytes.length, undefined);
  const short = new Pages(bytes, PAGE_BYTES + 10, long);
  const longAgain = new Pages(bytes, bytes.length, short);
  for (const [pages, length] of [
    [short, PAGE_BYTES + 10],
    [longAgain, bytes.length],
  ] as const) {
    const target = new Uint8Array(bytes.length);
    pages.copyTo(target);
    expect(target.subarray(0, length)).toEqual(bytes.subarray(0, length));
    expect(target.subarray(length).every((byte) => byte === 0)).toBe(true);
  }
});
