import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import { bytesOf, idOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { bytesIn, itemsIn, numberIn, pairsIn, textIn } from '../reply.ts';
import type { Page, PageQuery } from './page.ts';

/** One step of SSCAN: the members have no order, and a small set comes whole. */
export function setCommands(key: Argument, query: PageQuery): Command[] {
  return [
    ['SCARD', key],
    ['SSCAN', key, ...scanArguments(query)],
  ];
}

/** Throws a `ReplyError`. */
export function readSet([length, step]: readonly RespValue[]): Page<Uint8Array> {
  const [cursor, members] = itemsIn(step);
  // A step may give an element twice while the table grows.
  const items = new Map(itemsIn(members).map((member) => [idOf(bytesIn(member)), bytesIn(member)]));
  return { items: [...items.values()], length: numberIn(length), next: nextCursor(cursor) };
}

export function addMember(key: Argument, member: Uint8Array): Command[] {
  return [['SADD', key, member]];
}

export function removeMember(key: Argument, member: Uint8Array): Command[] {
  return [['SREM', key, member]];
}

export interface HashField {
  field: Uint8Array;
  value: Uint8Array;
}

/** One step of HSCAN. */
export function hashCommands(key: Argument, query: PageQuery): Command[] {
  return [
    ['HLEN', key],
    ['HSCAN', key, ...scanArguments(query)],
  ];
}

/** Throws a `ReplyError`. */
export function readHash([length, step]: readonly RespValue[]): Page<HashField> {
  const [cursor, pairs] = itemsIn(step);
  const items = new Map(
    pairsIn(pairs).map(([field, value]) => [idOf(bytesIn(field)), { field: bytesIn(field), value: bytesIn(value) }]),
  );
  return { items: [...items.values()], length: numberIn(length), next: nextCursor(cursor) };
}

export function setField(key: Argument, field: Uint8Array, value: Uint8Array): Command[] {
  return [['HSET', key, field, value]];
}

export function removeField(key: Argument, field: Uint8Array): Command[] {
  return [['HDEL', key, field]];
}

function scanArguments({ from, match, count }: PageQuery): Argument[] {
  return [from || '0', ...(match === '' ? [] : ['MATCH', bytesOf(match)]), 'COUNT', count];
}

function nextCursor(cursor: RespValue | undefined): string | undefined {
  const next = textIn(cursor);
  return next === '0' ? undefined : next;
}
