import { expect, test } from 'vitest';
import { cleanPaste } from './paste-text.ts';

test('a single line loses its end, so that it can be looked at before it runs', () => {
  expect(cleanPaste('GET a\n')).toEqual({ text: 'GET a', lineCount: 1 });
});

test('several lines end as Enter ends them, wherever they come from', () => {
  expect(cleanPaste('SET a 1\r\nINCR a\rGET a\n\n')).toEqual({ text: 'SET a 1\rINCR a\rGET a\r', lineCount: 3 });
});

test('control characters are no keys: not Ctrl-C, not Escape, not the C1 set; a tab is a space', () => {
  expect(cleanPaste('a\x03b\x1b[31mc\x7fd\x9be\tf\0')).toEqual({ text: 'ab[31mcde f', lineCount: 1 });
});

test('a line separator that looks like nothing is a line end', () => {
  expect(cleanPaste('GET a\u2028FLUSHALL').lineCount).toBe(2);
});

test('other scripts and emoji stay', () => {
  expect(cleanPaste('SET k "שלום 🚲"').text).toBe('SET k "שלום 🚲"');
});
