import { expect, test } from 'vitest';
import { encodeCommand, encodePipeline } from './encode.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('a command is an array of bulk strings', () => {
  expect(text(encodeCommand(['SET', 'k', 1]))).toBe('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\n1\r\n');
});

test('lengths count bytes, not characters', () => {
  expect(text(encodeCommand(['ECHO', 'né']))).toBe('*2\r\n$4\r\nECHO\r\n$3\r\nné\r\n');
});

test('bytes that are no text go unchanged', () => {
  expect([...encodeCommand([Uint8Array.of(0, 13, 10, 255)])].slice(-6)).toEqual([0, 13, 10, 255, 13, 10]);
});

test('a pipeline is its commands one after the other', () => {
  expect(text(encodePipeline([['PING'], ['ECHO', '']]))).toBe('*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$0\r\n\r\n');
});
