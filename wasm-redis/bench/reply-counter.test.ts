import { expect, test } from 'vitest';
import { ReplyCounter } from './reply-counter.ts';
import { type Row, ROWS } from './rows.ts';

const row = (name: string): Row => ROWS.find((known) => known.name === name)!;
const push = (counter: ReplyCounter, text: string): number => {
  const bytes = new TextEncoder().encode(text);
  return counter.push(bytes, bytes.length);
};

test('replies of one length are counted by their bytes, in pieces too', () => {
  const counter = new ReplyCounter(row('SET'), 2);
  expect(push(counter, '+OK\r\n+OK\r\n')).toBe(2);
  expect(push(counter, '+OK\r\n+OK')).toBe(3);
  expect(push(counter, '\r\n')).toBe(4);
});

test('numbers, whose length grows, are counted by their lines', () => {
  const counter = new ReplyCounter(row('INCR'), 1);
  expect(push(counter, ':9\r\n')).toBe(1);
  expect(push(counter, ':10\r\n:11\r')).toBe(2);
  expect(push(counter, '\n:12\r\n')).toBe(4);
});

test('bulk strings are two lines', () => {
  const counter = new ReplyCounter(row('XADD'), 1);
  expect(push(counter, '$15\r\n1700000000000-9\r\n')).toBe(1);
  expect(push(counter, '$16\r\n1700000000000-10\r\n$16\r\n')).toBe(2);
  expect(push(counter, '1700000000000-11\r\n')).toBe(3);
});

test('a wrong first reply, and an error later, are refused', () => {
  expect(() => push(new ReplyCounter(row('GET'), 1), '$3\r\nabc\r\n')).toThrow('GET: unexpected reply "abc".');
  const counter = new ReplyCounter(row('SET'), 1);
  push(counter, '+OK\r\n');
  expect(() => push(counter, '-OOM command not allowed\r\n')).toThrow('SET: unexpected "-OOM command not allowed');
});

test('more replies than requests are refused', () => {
  expect(() => push(new ReplyCounter(row('SET'), 1), '+OK\r\n+OK\r\n')).toThrow('SET: more replies than requests.');
});
