import { expect, test } from 'vitest';
import { render, ReplyReader } from './reply.ts';

const read = (text: string): string[] => new ReplyReader().push(Buffer.from(text, 'latin1')).map(render);

test('kinds of nothing are told apart', () => {
  expect(read('$-1\r\n*-1\r\n_\r\n')).toEqual(['$-1', '*-1', '_']);
});

test('numbers keep their digits', () => {
  expect(read(',1.50\r\n,1.5\r\n:007\r\n')).toEqual([',1.50', ',1.5', ':007']);
});

test('collections nest, and a map is its keys and values', () => {
  expect(read('*2\r\n%1\r\n+k\r\n:1\r\n$2\r\na\n\r\n')).toEqual(['*[%[+k :1] $"a\\n"]']);
});

test('whatever the pieces, the replies are the same', () => {
  const text = '*2\r\n$3\r\nabc\r\n:1\r\n+OK\r\n';
  for (let size = 1; size < text.length; size++) {
    const reader = new ReplyReader();
    const replies: string[] = [];
    for (let at = 0; at < text.length; at += size) {
      replies.push(...reader.push(Buffer.from(text.slice(at, at + size))).map(render));
    }
    expect(replies, `pieces of ${size}`).toEqual(['*[$"abc" :1]', '+OK']);
    expect(reader.partial).toBe(false);
  }
});

test('what is no reply is refused', () => {
  expect(() => read('hello\r\n')).toThrow('Expected a reply, found "hello"');
});

test('a push inside of a collection is no item of it, and comes first', () => {
  const bytes = Buffer.from('*2\r\n:1\r\n>2\r\n$1\r\na\r\n$1\r\nb\r\n:2\r\n:3\r\n');
  const replies = ['>[$"a" $"b"]', '*[:1 :2]', ':3'];
  expect(new ReplyReader().push(bytes).map(render)).toEqual(replies);
  const reader = new ReplyReader();
  expect([...bytes].flatMap((byte) => reader.push(Uint8Array.of(byte))).map(render)).toEqual(replies);
});
