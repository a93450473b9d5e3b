import { expect, test } from 'vitest';
import type { Pages } from '../kernel/pages.ts';
import { type Part, Snapshot } from '../kernel/snapshot.ts';
import { MachineError } from '../machine.ts';
import { SaveShelf } from './save-shelf.ts';

const MEGABYTE = 1024 * 1024;
const SAVES_MAX = 10;

/** A machine that is nothing but bytes. */
function bytesOf(size: number): Uint8Array & Part {
  const bytes = new Uint8Array(size).fill(1);
  const remember = (snapshot: Snapshot): (() => void) => {
    const pages: Pages = snapshot.pages(part, bytes, size);
    return () => pages.copyTo(bytes);
  };
  const part = Object.assign(bytes, { remember });
  return part;
}

const at = (uptimeMs: number, label = ''): { label: string; nowMs: number; uptimeMs: number } => ({
  label,
  nowMs: uptimeMs,
  uptimeMs,
});

test('pages that several saves contain count once, and are freed with the last of them', () => {
  const shelf = new SaveShelf();
  const machine = bytesOf(MEGABYTE);
  const first = new Snapshot([machine], undefined);
  const a = shelf.keep(first, at(1));
  machine[0] = 2;
  const second = new Snapshot([machine], first);
  const b = shelf.keep(second, at(2));
  expect([a.ownBytes, b.ownBytes, shelf.bytes]).toEqual([MEGABYTE, 4096, MEGABYTE + 4096]);
  expect(shelf.saves.map(({ ownBytes }) => ownBytes)).toEqual([4096, 4096]);
  expect([shelf.has(first), shelf.newest === second]).toEqual([true, true]);
  shelf.drop(a.id);
  expect(shelf.bytes).toBe(MEGABYTE);
  expect(shelf.saves).toMatchObject([{ id: b.id, ownBytes: MEGABYTE }]);
  shelf.drop(b.id);
  expect([shelf.bytes, shelf.newest]).toEqual([0, undefined]);
});

test('the oldest without a label make room; when there is none left, the newest is refused', () => {
  const shelf = new SaveShelf({ bytes: Infinity, count: SAVES_MAX });
  const machine = bytesOf(4096);
  for (let second = 0; second <= SAVES_MAX; second++) shelf.keep(new Snapshot([machine], undefined), at(second));
  expect(shelf.saves).toHaveLength(SAVES_MAX);
  expect(shelf.saves[0]).toMatchObject({ uptimeMs: 1 });
  for (let named = 0; named < SAVES_MAX; named++) shelf.keep(new Snapshot([machine], undefined), at(named, 'kept'));
  expect(shelf.saves.every(({ label }) => label === 'kept')).toBe(true);
  expect(() => shelf.keep(new Snapshot([machine], undefined), at(0))).toThrow(MachineError);
  expect(shelf.saves).toHaveLength(SAVES_MAX);
});

test('what takes more memory than there may be is not kept', () => {
  const shelf = new SaveShelf({ bytes: 1.5 * MEGABYTE, count: SAVES_MAX });
  const machine = bytesOf(MEGABYTE);
  shelf.keep(new Snapshot([machine], undefined), at(0));
  const second = shelf.keep(new Snapshot([machine], undefined), at(1, 'named'));
  expect(shelf.saves.map(({ id }) => id)).toEqual([second.id]);
  expect(() => shelf.keep(new Snapshot([machine], undefined), at(2))).toThrowErrorMatchingInlineSnapshot(
    `[MachineError: There is no room for another save. Drop one of the 1.]`,
  );
});
