import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { bytesOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { bytesIn, itemsIn, numberIn } from '../reply.ts';
import type { Page, PageQuery } from './page.ts';

export interface ListElement {
  index: number;
  value: Uint8Array;
}

/** A page of a list, from an index on. */
export function listCommands(key: Argument, { from, count }: PageQuery): Command[] {
  const first = Number(from);
  return [
    ['LLEN', key],
    ['LRANGE', key, first, first + count - 1],
  ];
}

/** Throws a `ReplyError`. */
export function readList([length, elements]: readonly RespValue[], { from }: PageQuery): Page<ListElement> {
  const first = Number(from);
  const items = itemsIn(elements).map((element, at) => ({ index: first + at, value: bytesIn(element) }));
  const whole = numberIn(length);
  const end = first + items.length;
  return { items, length: whole, next: items.length > 0 && end < whole ? String(end) : undefined };
}

export function pushElement(key: Argument, end: 'head' | 'tail', value: Uint8Array): Command[] {
  return [[end === 'head' ? 'LPUSH' : 'RPUSH', key, value]];
}

export function setElement(key: Argument, index: number, value: Uint8Array): Command[] {
  return [['LSET', key, index, value]];
}

/** Beside the first element that has the value `pivot`; Redis knows no insertion by index. */
export function insertElement(
  key: Argument,
  where: 'BEFORE' | 'AFTER',
  pivot: Uint8Array,
  value: Uint8Array,
): Command[] {
  return [['LINSERT', key, where, pivot, value]];
}

/**
 * Removes the element at an index. Redis can do so at the ends only; elsewhere the element is first given a value that no
 * other has, and then removed by that value.
 *
 * @param mark a text that no element has
 */
export function removeElement(key: Argument, index: number, length: number, mark: string): Command[] {
  if (index === 0) return [['LPOP', key]];
  if (index === length - 1) return [['RPOP', key]];
  const value = bytesOf(mark);
  return [
    ['LSET', key, index, value],
    ['LREM', key, 1, value],
  ];
}
