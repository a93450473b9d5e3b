import type { Argument } from '../../../../wasm-redis/resp/encode.ts';
import type { RespValue } from '../../../../wasm-redis/resp/value.ts';
import type { Command } from '../command-text.ts';
import { bytesIn, fieldsIn, itemsIn, numberIn, pairsIn, textIn } from '../reply.ts';
import type { Page, PageQuery } from './page.ts';
import type { HashField } from './set.ts';

export interface StreamEntry {
  id: string;
  fields: readonly HashField[];
}

export interface StreamGroup {
  name: Uint8Array;
  consumers: number;
  pending: number;
  lastDelivered: string;
  /** Entries that it has not been given yet; undefined where Redis cannot tell. */
  lag: number | undefined;
}

export interface StreamConsumer {
  name: Uint8Array;
  pending: number;
  idleMs: number;
}

export interface PendingEntry {
  id: string;
  consumer: Uint8Array;
  idleMs: number;
  deliveries: number;
}

/** A page of entries, the oldest first. */
export function streamCommands(key: Argument, { from, count }: PageQuery): Command[] {
  return [
    ['XLEN', key],
    ['XRANGE', key, from || '-', '+', 'COUNT', count],
  ];
}

/** Throws a `ReplyError`. */
export function readStream([length, reply]: readonly RespValue[], { count }: PageQuery): Page<StreamEntry> {
  const items = itemsIn(reply).map((entry): StreamEntry => {
    const [id, fields] = itemsIn(entry);
    return {
      id: textIn(id),
      fields: pairsIn(fields).map(([field, value]) => ({ field: bytesIn(field), value: bytesIn(value) })),
    };
  });
  const last = items.at(-1);
  return { items, length: numberIn(length), next: items.length === count && last ? `(${last.id}` : undefined };
}

/** @param id `*` for one that the server makes */
export function addEntry(key: Argument, id: string, fields: readonly HashField[]): Command[] {
  return [['XADD', key, id, ...fields.flatMap(({ field, value }) => [field, value])]];
}

export function removeEntry(key: Argument, id: string): Command[] {
  return [['XDEL', key, id]];
}

export function groupsCommands(key: Argument): Command[] {
  return [['XINFO', 'GROUPS', key]];
}

/** Throws a `ReplyError`. */
export function readGroups([reply]: readonly RespValue[]): StreamGroup[] {
  return itemsIn(reply).map((group) => {
    const fields = fieldsIn(group);
    const lag = fields.get('lag');
    return {
      name: bytesIn(fields.get('name')),
      consumers: numberIn(fields.get('consumers')),
      pending: numberIn(fields.get('pending')),
      lastDelivered: textIn(fields.get('last-delivered-id')),
      lag: lag === undefined || lag.kind === 'null' ? undefined : numberIn(lag),
    };
  });
}

/** The consumers of a group and the first pending entries. */
export function groupCommands(key: Argument, group: Uint8Array, count: number): Command[] {
  return [
    ['XINFO', 'CONSUMERS', key, group],
    ['XPENDING', key, group, '-', '+', count],
  ];
}

/** Throws a `ReplyError`. */
export function readGroup([consumers, pending]: readonly RespValue[]): {
  consumers: StreamConsumer[];
  pending: PendingEntry[];
} {
  return {
    consumers: itemsIn(consumers).map((consumer) => {
      const fields = fieldsIn(consumer);
      return {
        name: bytesIn(fields.get('name')),
        pending: numberIn(fields.get('pending')),
        idleMs: numberIn(fields.get('idle')),
      };
    }),
    pending: itemsIn(pending).map((entry) => {
      const [id, consumer, idle, deliveries] = itemsIn(entry);
      return {
        id: textIn(id),
        consumer: bytesIn(consumer),
        idleMs: numberIn(idle),
        deliveries: numberIn(deliveries),
      };
    }),
  };
}

export function acknowledge(key: Argument, group: Uint8Array, id: string): Command[] {
  return [['XACK', key, group, id]];
}

/** @param from the last ID that counts as delivered: `0` for none, `$` for all that there are */
export function createGroup(key: Argument, group: Uint8Array, from: '0' | '$'): Command[] {
  return [['XGROUP', 'CREATE', key, group, from]];
}

export function removeGroup(key: Argument, group: Uint8Array): Command[] {
  return [['XGROUP', 'DESTROY', key, group]];
}

/** Takes the next entry for a consumer, as a worker would. */
export function deliverNext(key: Argument, group: Uint8Array, consumer: Uint8Array): Command[] {
  return [['XREADGROUP', 'GROUP', group, consumer, 'COUNT', 1, 'STREAMS', key, '>']];
}
