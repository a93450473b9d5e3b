import { expect, test } from 'vitest';
import { RespParser } from './parser.ts';
import { plain } from './plain.ts';
import { type RespValue } from './value.ts';

const encoder = new TextEncoder();
const bytes = (text: string): Uint8Array => encoder.encode(text);

function parse(text: string): RespValue[] {
  return new RespParser().push(bytes(text));
}

test.each([
  ['+OK\r\n', { kind: 'simple', text: 'OK' }],
  ['+\r\n', { kind: 'simple', text: '' }],
  ['-ERR no such key\r\n', { kind: 'error', text: 'ERR no such key' }],
  [':-1\r\n', { kind: 'integer', value: -1 }],
  [':9223372036854775807\r\n', { kind: 'integer', value: 9223372036854775807n }],
  ['$3\r\nabc\r\n', { kind: 'bulk', bytes: bytes('abc') }],
  ['$0\r\n\r\n', { kind: 'bulk', bytes: bytes('') }],
  ['$-1\r\n', { kind: 'null' }],
  ['*-1\r\n', { kind: 'null' }],
  ['_\r\n', { kind: 'null' }],
  ['*0\r\n', { kind: 'array', items: [] }],
  [',1.5\r\n', { kind: 'double', value: 1.5 }],
  [',1e300\r\n', { kind: 'double', value: 1e300 }],
  [',-inf\r\n', { kind: 'double', value: -Infinity }],
  [',nan\r\n', { kind: 'double', value: NaN }],
  ['#t\r\n', { kind: 'boolean', value: true }],
  ['(1234567999999999999999999999\r\n', { kind: 'big-number', value: 1234567999999999999999999999n }],
  ['=7\r\ntxt:abc\r\n', { kind: 'verbatim', format: 'txt', bytes: bytes('abc') }],
  ['!5\r\nERR x\r\n', { kind: 'error', text: 'ERR x' }],
  ['>1\r\n:1\r\n', { kind: 'push', items: [{ kind: 'integer', value: 1 }] }],
  ['~0\r\n', { kind: 'set', items: [] }],
])('reads %j', (text, value) => {
  expect(parse(text)).toEqual([value]);
});

test('a map is a list of entries, in the order in which they came', () => {
  expect(parse('%2\r\n+b\r\n:1\r\n+a\r\n*1\r\n_\r\n').map(plain)).toEqual([
    new Map<unknown, unknown>([
      ['b', 1],
      ['a', [null]],
    ]),
  ]);
});

test('attributes belong to the value after them, also inside an array', () => {
  const [array] = parse('*2\r\n|1\r\n+ttl\r\n:3600\r\n$1\r\na\r\n:2\r\n');
  const attributes = [
    [
      { kind: 'simple', text: 'ttl' },
      { kind: 'integer', value: 3600 },
    ],
  ];
  expect(array).toEqual({
    kind: 'array',
    items: [
      { kind: 'bulk', bytes: bytes('a'), attributes },
      { kind: 'integer', value: 2 },
    ],
  });
});

test('attributes before a collection stay with it and not with its first item', () => {
  const [array] = parse('|1\r\n+x\r\n:1\r\n*1\r\n:2\r\n');
  expect(array).toMatchObject({ kind: 'array', attributes: [[{ text: 'x' }, { value: 1 }]] });
  expect(array).toHaveProperty('items.0', { kind: 'integer', value: 2 });
});

test('a reply may be deeper than the call stack', () => {
  const depth = 100_000;
  let value = parse('*1\r\n'.repeat(depth) + ':7\r\n')[0];
  for (let level = 0; level < depth; level++) value = value?.kind === 'array' ? value.items[0] : undefined;
  expect(value).toEqual({ kind: 'integer', value: 7 });
});

test('whatever the pieces, the values are the same', () => {
  const text = '*3\r\n$5\r\na\r\nbc\r\n%1\r\n+k\r\n*2\r\n:1\r\n,2.5\r\n|1\r\n+n\r\n#f\r\n_\r\n+OK\r\n$0\r\n\r\n*0\r\n';
  const whole = parse(text);
  expect(whole).toHaveLength(4);
  for (let size = 1; size <= text.length; size++) {
    const parser = new RespParser();
    const values: RespValue[] = [];
    for (let at = 0; at < text.length; at += size) values.push(...parser.push(bytes(text.slice(at, at + size))));
    expect(values, `pieces of ${size} bytes`).toEqual(whole);
  }
});

test('a long string in many pieces is read once', () => {
  const parser = new RespParser();
  const piece = new Uint8Array(64 * 1024).fill(120);
  expect(parser.push(bytes(`$${piece.length * 100}\r\n`))).toEqual([]);
  for (let i = 0; i < 100; i++) expect(parser.push(piece)).toEqual([]);
  const [value] = parser.push(bytes('\r\n+next\r\n'));
  expect(value).toHaveProperty('bytes.length', piece.length * 100);
});

test('a value does not change when later bytes arrive in the same buffer', () => {
  const parser = new RespParser();
  const [first] = parser.push(bytes('$3\r\nabc\r\n'));
  for (let i = 0; i < 2000; i++) parser.push(bytes('$3\r\nxyz\r\n'));
  expect(first).toEqual({ kind: 'bulk', bytes: bytes('abc') });
});

test.each([
  'hello\r\n',
  '\r\n',
  ':1.5\r\n',
  '$x\r\n',
  '*99999999999\r\n',
  '$-2\r\n',
  '#maybe\r\n',
  ',one\r\n',
  '(1e5\r\n',
  '$3\r\nabcde\r\n',
])('bytes that are no RESP are refused: %j', (text) => {
  expect(() => parse(text)).toThrow(/^Expected .+, found .+\./);
});

test('the error says what was expected and shows the beginning of what was found', () => {
  expect(() => parse(`HTTP/1.1 400 Bad Request, and so on and so on\r\n`)).toThrowErrorMatchingInlineSnapshot(
    `[RespError: Expected a type, one of + - : , # ( _ $ = ! * ~ > % |, found "HTTP/1.1 400 Bad Request, and so on and ...". This is no RESP connection, or a reply was cut off.]`,
  );
});
