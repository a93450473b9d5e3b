import type { EndNames } from './end-names.ts';
import type { WireRow } from './wire-log.ts';

export type Protocol = 'all' | 'resp' | 'bus' | 'tcp';

/** Which rows are shown. */
export interface WireFilter {
  /** `all`, `node redis-1`, or `link redis-1 redis-2` in alphabetical order. */
  where: string;
  /** One of the two ports; undefined for all. */
  port: number | undefined;
  protocol: Protocol;
  /** A part of what the row says, in any case. */
  text: string;
  /** Also connections that the page made itself. */
  outside: boolean;
}

export const EVERYTHING: WireFilter = { where: 'all', port: undefined, protocol: 'all', text: '', outside: false };

/** A row with everything in it named, as it is shown and searched. */
export interface NamedRow {
  row: WireRow;
  from: string;
  to: string;
  /** With the names of nodes in place of their ids. */
  summary: string;
}

const NODE_ID = /\b[0-9a-f]{40}\b/g;
const SHORT_ID = 8;

/** Node ids by the names of their nodes; those that nobody knows are shortened. */
export function nameIds(text: string, names: EndNames, hostOf: (id: string) => string | undefined): string {
  return text.replace(NODE_ID, (id) => {
    const host = hostOf(id);
    return (host === undefined ? undefined : names.nameOfHost(host)) ?? id.slice(0, SHORT_ID);
  });
}

export function linkOf(from: string, to: string): string {
  return `link ${[from, to].sort().join(' ')}`;
}

export function protocolOf({ kind }: WireRow): Protocol {
  return kind === 'bus' || kind === 'tcp' ? kind : 'resp';
}

/** Whether a filter lets a row pass. */
export function passes({ row, from, to, summary }: NamedRow, filter: WireFilter): boolean {
  if (row.outside && !filter.outside) return false;
  if (filter.protocol !== 'all' && protocolOf(row) !== filter.protocol) return false;
  if (filter.port !== undefined && row.from.port !== filter.port && row.to.port !== filter.port) return false;
  if (filter.where.startsWith('node ') && ![from, to].includes(filter.where.slice('node '.length))) return false;
  if (filter.where.startsWith('link ') && linkOf(from, to) !== filter.where) return false;
  return filter.text === '' || `${from} ${to} ${summary}`.toLowerCase().includes(filter.text.toLowerCase());
}
