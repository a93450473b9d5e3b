import { expect, test } from 'vitest';
import type { SegmentEnd } from '../../../wasm-redis/machine.ts';
import { EndNames } from './end-names.ts';
import { newest, WINDOW_ROWS, windowAround } from './row-window.ts';
import { EVERYTHING, linkOf, nameIds, type NamedRow, passes, type WireFilter } from './wire-filter.ts';
import type { WireRow } from './wire-log.ts';

const end = (host: string, port: number, outside = false): SegmentEnd => ({ host, address: host, port, outside });
const [A, B, OWN] = ['10.0.0.1', '10.0.0.2', '10.0.0.254'];
const NAMES = new EndNames([
  { name: 'redis-1', host: A, port: 6379 },
  { name: 'redis-2', host: B, port: 6379 },
  { name: 'redis-3', host: '127.0.0.1', port: 6379 },
]);

test('an end is a node, a terminal’s program, the page, or an address', () => {
  expect(NAMES.nameOf(end(A, 6379))).toBe('redis-1');
  expect(NAMES.nameOf(end(B, 40_000))).toBe('redis-2');
  expect(NAMES.nameOf(end(OWN, 6379))).toBe('redis-3');
  expect(NAMES.nameOf(end(OWN, 32_768))).toBe('client');
  expect(NAMES.nameOf(end(OWN, 32_768, true))).toBe('page');
  expect(NAMES.nameOf(end('10.0.0.9', 1))).toBe('10.0.0.9');
});

test('ids of nodes are named, and shortened where nobody knows them', () => {
  const [known, unknown] = ['a'.repeat(40), 'b'.repeat(40)];
  const hostOf = (id: string): string | undefined => (id === known ? A : undefined);
  expect(nameIds(`FAIL, ${known} has failed, says ${unknown}`, NAMES, hostOf)).toBe(
    'FAIL, redis-1 has failed, says bbbbbbbb',
  );
});

test('a filter lets pass what meets each of its conditions', () => {
  const row: WireRow = {
    id: 1,
    uptimeMs: 0,
    connection: 1,
    from: end(B, 40_000),
    to: end(A, 6379),
    kind: 'command',
    summary: 'SET Bike:1 v',
    details: [],
    offset: 0,
    byteCount: 1,
    bytes: new Uint8Array(1),
    lost: false,
    outside: false,
  };
  const named: NamedRow = { row, from: 'redis-2', to: 'redis-1', summary: row.summary };
  const meets = (filter: Partial<WireFilter>, other: NamedRow = named): boolean =>
    passes(other, { ...EVERYTHING, ...filter });
  expect(meets({})).toBe(true);
  expect([meets({ where: 'node redis-1' }), meets({ where: 'node redis-3' })]).toEqual([true, false]);
  expect([meets({ where: linkOf('redis-1', 'redis-2') }), meets({ where: linkOf('redis-1', 'client') })]).toEqual([
    true,
    false,
  ]);
  expect([meets({ port: 6379 }), meets({ port: 40_000 }), meets({ port: 16_379 })]).toEqual([true, true, false]);
  expect([meets({ protocol: 'resp' }), meets({ protocol: 'bus' }), meets({ protocol: 'tcp' })]).toEqual([
    true,
    false,
    false,
  ]);
  expect([meets({ text: 'bike:1' }), meets({ text: 'REDIS-2' }), meets({ text: 'nothing' })]).toEqual([
    true,
    true,
    false,
  ]);
  const own = { ...named, row: { ...row, outside: true } };
  expect([meets({}, own), meets({ outside: true }, own)]).toEqual([false, true]);
});

test('the window follows the newest rows, and moves no more than it must for a chosen one', () => {
  expect(newest(30)).toEqual({ first: 0, end: 30 });
  expect(newest(1000)).toEqual({ first: 1000 - WINDOW_ROWS, end: 1000 });
  const here = { first: 400, end: 500 };
  expect(windowAround(450, here, 1000)).toEqual(here);
  expect(windowAround(499, here, 1000)).toEqual({ first: 405, end: 505 });
  expect(windowAround(402, here, 1000)).toEqual({ first: 397, end: 497 });
  expect(windowAround(0, here, 1000)).toEqual({ first: 0, end: 100 });
  expect(windowAround(999, here, 1000)).toEqual({ first: 900, end: 1000 });
  expect(windowAround(3, { first: 0, end: 5 }, 5)).toEqual({ first: 0, end: 5 });
});
