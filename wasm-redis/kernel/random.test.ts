import { expect, test } from 'vitest';
import { createHost } from '../direct/host.ts';
import { createRandom } from './random.ts';

function bytes(seed: number | undefined, count = 64): number[] {
  const filled = new Uint8Array(count);
  createRandom(createHost(), seed).fill(filled);
  return [...filled];
}

test('the same seed gives the same bytes, another one others', () => {
  expect(bytes(1)).toEqual(bytes(1));
  for (const other of [0, 2, -1, 2 ** 40 + 1]) expect(bytes(other).slice(0, 16)).not.toEqual(bytes(1).slice(0, 16));
  expect(bytes(1)).toMatchInlineSnapshot(`
    [
      161,
      202,
      53,
      14,
      228,
      142,
      216,
      214,
      97,
      43,
      60,
      207,
      234,
      205,
      228,
      138,
      105,
      159,
      118,
      107,
      28,
      52,
      33,
      249,
      37,
      195,
      56,
      142,
      30,
      1,
      76,
      74,
      129,
      216,
      71,
      8,
      160,
      222,
      230,
      222,
      177,
      72,
      255,
      181,
      76,
      31,
      63,
      115,
      128,
      173,
      255,
      136,
      54,
      237,
      153,
      17,
      170,
      211,
      2,
      85,
      201,
      107,
      234,
      158,
    ]
  `);
});

test('how many bytes are asked for at a time does not matter', () => {
  const random = createRandom(createHost(), 7);
  const pieces = [1, 2, 3, 10, 48].flatMap((count) => {
    const piece = new Uint8Array(count);
    random.fill(piece);
    return [...piece];
  });
  expect(pieces).toEqual(bytes(7));
});

test('every byte is about as likely as any other', () => {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes(3, 256 * 400)) counts[byte]!++;
  expect(Math.min(...counts)).toBeGreaterThan(300);
  expect(Math.max(...counts)).toBeLessThan(500);
});

test('without a seed the host decides', () => {
  const host = createHost({ fillRandom: (into) => into.fill(9) });
  const filled = new Uint8Array(3);
  createRandom(host, undefined).fill(filled);
  expect([...filled]).toEqual([9, 9, 9]);
});
