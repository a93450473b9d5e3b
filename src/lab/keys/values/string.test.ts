import { expect, test } from 'vitest';
import { bytesOf } from '../bytes.ts';
import { CHUNK_BYTES } from '../page-size.ts';
import * as string from './string.ts';
import { KEY, ODD, start } from './value-rig.ts';

test('a string of any bytes is read in pieces and written without the loss of one', async () => {
  const { client, run } = await start();
  const every = Uint8Array.from({ length: CHUNK_BYTES + 300 }, (_, at) => (at * 7) & 0xff);
  await client.command('SET', KEY, every, 'EX', 100);
  const [length, piece] = await run(string.stringCommands(KEY, CHUNK_BYTES));
  expect(length).toMatchObject({ value: every.length });
  if (piece?.kind !== 'bulk') throw new Error('there is no piece');
  expect(piece.bytes).toEqual(every.subarray(CHUNK_BYTES));
  const part = { was: piece.bytes, from: CHUNK_BYTES, length: every.length };
  expect(() => string.writeString(KEY, ODD, part)).toThrow('expected 300 bytes, as before, found 4');
  await run([string.writeString(KEY, piece.bytes.toReversed(), part)]);
  expect(await client.command('GETRANGE', KEY, CHUNK_BYTES, -1)).toEqual({
    kind: 'bulk',
    bytes: every.subarray(CHUNK_BYTES).toReversed(),
  });
  await run([string.writeString(KEY, ODD, { was: every, from: 0, length: every.length })]);
  expect(await client.command('GET', KEY)).toEqual({ kind: 'bulk', bytes: ODD });
  expect(await client.call('TTL', KEY)).toBe(100);
});

test('a string comes back from each of its forms', () => {
  for (const form of ['text', 'hex', 'bits'] as const) {
    expect(string.readString(string.showString(ODD, form), form, string.hasEscapes(ODD))).toEqual(ODD);
  }
  expect(string.hasEscapes(bytesOf('a\nb'))).toBe(false);
  expect(string.readString('\\n', 'text', false)).toEqual(bytesOf('\\n'));
});

test('JSON is set out in lines, checked, and keeps its numbers and doubled keys', () => {
  const source = '{"id":12345678901234567890,"a":[],"a":[1.10,{"b":"x, [y]: \\"z\\""}]}';
  const shown = string.showString(bytesOf(source), 'JSON');
  expect(shown).toMatchInlineSnapshot(`
    "{
      "id": 12345678901234567890,
      "a": [],
      "a": [
        1.10,
        {
          "b": "x, [y]: \\"z\\""
        }
      ]
    }"
  `);
  expect(string.readString(shown, 'JSON', false)).toEqual(bytesOf(source));
  expect(() => string.readString('{"a":}', 'JSON', false)).toThrow('This is not JSON');
  expect(string.looksLikeJson(bytesOf(source))).toBe(true);
  expect(string.looksLikeJson(bytesOf('12'))).toBe(false);
  expect(string.looksLikeJson(bytesOf('{a}'))).toBe(false);
});
