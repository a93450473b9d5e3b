import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import type { Command } from '../command-text.ts';
import { bytesIn, numberIn } from '../reply.ts';

/** Bits in a row of the grid, and rows on a page. */
export const ROW_BITS = 16;
export const PAGE_ROWS = 8;
const PAGE_BYTES = (ROW_BITS * PAGE_ROWS) / 8;

/** A part of a string as bits, counted as SETBIT does: bit 0 is the most significant of the first byte. */
export interface BitPage {
  /** Offset of the first bit of the page. */
  first: number;
  bits: readonly (0 | 1)[];
  /** Of the whole string; bits behind it are 0. */
  lengthBits: number;
  /** Of the whole string. */
  set: number;
}

/** @param first offset of a bit; the page begins at the row's beginning */
export function bitmapCommands(key: Argument, first: number): Command[] {
  const byte = pageStart(first) / 8;
  return [
    ['STRLEN', key],
    ['GETRANGE', key, byte, byte + PAGE_BYTES - 1],
    ['BITCOUNT', key],
  ];
}

/** Throws a `ReplyError`. A page is full, also behind the end, where SETBIT makes the string longer. */
export function readBitmap([length, piece, count]: readonly RespValue[], first: number): BitPage {
  const bytes = bytesIn(piece);
  const bits = Array.from({ length: PAGE_BYTES * 8 }, (_, bit): 0 | 1 =>
    ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1 ? 1 : 0,
  );
  return { first: pageStart(first), bits, lengthBits: numberIn(length) * 8, set: numberIn(count) };
}

export function setBit(key: Argument, offset: number, bit: 0 | 1): Command[] {
  return [['SETBIT', key, offset, bit]];
}

/** The bit that a key of the keyboard goes to within the page, by its index; undefined for other keys. */
export function bitMove(at: number, key: string): number | undefined {
  const inRow = at % ROW_BITS;
  const last = ROW_BITS * PAGE_ROWS - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(at + 1, last);
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'ArrowDown':
      return at + ROW_BITS > last ? at : at + ROW_BITS;
    case 'ArrowUp':
      return at < ROW_BITS ? at : at - ROW_BITS;
    case 'Home':
      return at - inRow;
    case 'End':
      return at - inRow + ROW_BITS - 1;
    default:
      return undefined;
  }
}

function pageStart(bit: number): number {
  return Math.max(0, Math.floor(bit / ROW_BITS) * ROW_BITS);
}
