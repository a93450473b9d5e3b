import { expect, test } from 'vitest';
import * as bitmap from './bitmap.ts';
import { KEY, start } from './value-rig.ts';

test('a bitmap: bits are counted as SETBIT does, and a page goes on behind the end', async () => {
  const { run } = await start();
  await run([...bitmap.setBit(KEY, 0, 1), ...bitmap.setBit(KEY, 9, 1), ...bitmap.setBit(KEY, 300, 1)]);
  const page = bitmap.readBitmap(await run(bitmap.bitmapCommands(KEY, 0)), 0);
  expect(page).toMatchObject({ first: 0, lengthBits: 304, set: 3 });
  expect(page.bits.flatMap((bit, at) => (bit ? [at] : []))).toEqual([0, 9]);
  const later = bitmap.readBitmap(await run(bitmap.bitmapCommands(KEY, 299)), 299);
  expect(later.first).toBe(288);
  expect(later.bits.flatMap((bit, at) => (bit ? [later.first + at] : []))).toEqual([300]);
  expect(later.bits).toHaveLength(128);
  expect([bitmap.bitMove(0, 'ArrowLeft'), bitmap.bitMove(17, 'ArrowUp'), bitmap.bitMove(17, 'End')]).toEqual([
    0, 1, 31,
  ]);
  expect([bitmap.bitMove(125, 'ArrowDown'), bitmap.bitMove(1, 'ArrowDown'), bitmap.bitMove(1, 'x')]).toEqual([
    125,
    17,
    undefined,
  ]);
});
