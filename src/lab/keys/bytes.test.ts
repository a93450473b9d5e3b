import { expect, test } from 'vitest';
import { bytesOf, bytesOfId, escaped, idOf, isPlainText, parseEscaped, textOf } from './bytes.ts';
import { fromBits, fromHex, toBits, toHex } from './hex.ts';

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('all 256 bytes come back from their text, their digits and their id', () => {
  expect(parseEscaped(escaped(every))).toEqual(every);
  expect(fromHex(toHex(every))).toEqual(every);
  expect(fromBits(toBits(every))).toEqual(every);
  expect(bytesOfId(idOf(every))).toEqual(every);
});

test('bytes of any kind come back from their text', () => {
  let state = 1;
  const byte = (): number => (state = (state * 48271) % 2147483647) & 0xff;
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({ length: round % 40 }, byte);
    expect(parseEscaped(escaped(bytes))).toEqual(bytes);
  }
});

test('characters stand as they are, and what cannot be seen as redis-cli writes it', () => {
  expect(escaped(bytesOf('Zürich 🚲'))).toBe('Zürich 🚲');
  expect(escaped(Uint8Array.of(0xc3, 0x28, 0x5c, 0x0a, 0))).toBe('\\xc3(\\\\\\n\\x00');
  expect(escaped(bytesOf('a\u200bb\u202ec'))).toBe('a\\xe2\\x80\\x8bb\\xe2\\x80\\xaec');
});

test('a mark of the byte order is kept, and overlong forms and surrogates are no text', () => {
  expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  expect(textOf(Uint8Array.of(0xc0, 0x80))).toBeUndefined();
  expect(textOf(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined();
  expect(escaped(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\\xed\\xa0\\x80');
});

test('a text field may have line feeds and tabs, but no carriage returns, which it would change', () => {
  expect(isPlainText(bytesOf('a\n\tb'))).toBe(true);
  expect(isPlainText(bytesOf('a\r\nb'))).toBe(false);
  expect(isPlainText(Uint8Array.of(0xff))).toBe(false);
});

test('what no escape begins with is refused in words, and so are digits that make no bytes', () => {
  expect(() => parseEscaped('C:\\data')).toThrow('found \\d. For a backslash, type two.');
  expect(() => parseEscaped('end\\')).toThrow('found \\.');
  expect(() => parseEscaped('\\xg1')).toThrow('found \\x');
  expect(() => fromHex('4x')).toThrow('found "x"');
  expect(() => fromHex('444')).toThrow('the last byte is not complete');
  expect(() => fromBits('0101')).toThrow('found 4 digits');
});
