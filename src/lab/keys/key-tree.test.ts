import { expect, test } from 'vitest';
import { KeyTree, type TreeRow } from './key-tree.ts';
import { treeMove } from './tree-keys.ts';

function treeOf(keys: readonly string[], delimiter = ':'): KeyTree {
  const tree = new KeyTree(delimiter);
  for (const key of keys) tree.add(key);
  return tree;
}

const shown = (rows: readonly TreeRow[]): string[] =>
  rows.map(
    ({ label, level, kind, keys }) => `${'  '.repeat(level - 1)}${label}${kind === 'folder' ? ` (${keys})` : ''}`,
  );

test('keys that begin alike lie in folders, folders before keys, numbers in their order', () => {
  const tree = treeOf(['user:10', 'user:2', 'user:2:name', 'user', 'cart:1']);
  expect(shown(tree.rows(new Set()))).toEqual(['cart: (1)', 'user: (3)', 'user']);
  expect(shown(tree.rows(new Set(['user:', 'user:2:'])))).toEqual([
    'cart: (1)',
    'user: (3)',
    '  2: (1)',
    '    name',
    '  2',
    '  10',
    'user',
  ]);
});

test('each row knows its place among its siblings', () => {
  const rows = treeOf(['a:1', 'a:2', 'b']).rows(new Set(['a:']));
  expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual(['1/2', '1/2', '2/2', '2/2']);
});

test('a key that comes twice is one, and a key that ends in the delimiter is not lost', () => {
  const tree = treeOf(['a:', 'a:', ':', '']);
  expect(tree.size).toBe(3);
  expect(shown(tree.rows(new Set(['a:', ':'])))).toEqual([': (1)', '  (empty)', 'a: (1)', '  (empty)', '(empty)']);
});

test('the delimiter may be several characters, or none', () => {
  expect(shown(treeOf(['a::b', 'a:c'], '::').rows(new Set(['a::'])))).toEqual(['a:: (1)', '  b', 'a:c']);
  expect(shown(treeOf(['a:b', 'a:c'], '').rows(new Set()))).toEqual(['a:b', 'a:c']);
});

test('keys of any bytes have labels that can be read', () => {
  expect(shown(treeOf(['\xff\x00:1', '\xc3\xbc']).rows(new Set()))).toEqual(['\\xff\\x00: (1)', 'ü']);
});

test('keys of the keyboard do what the pattern of a tree says', () => {
  const tree = treeOf(['a:1', 'a:2', 'b']);
  const closed = tree.rows(new Set());
  const open = tree.rows(new Set(['a:']));
  expect(treeMove(closed, 0, 'ArrowRight')).toEqual({ move: 'expand', index: 0 });
  expect(treeMove(open, 0, 'ArrowRight')).toEqual({ move: 'to', index: 1 });
  expect(treeMove(open, 0, 'ArrowLeft')).toEqual({ move: 'collapse', index: 0 });
  expect(treeMove(open, 2, 'ArrowLeft')).toEqual({ move: 'to', index: 0 });
  expect(treeMove(open, 2, 'ArrowRight')).toBeUndefined();
  expect(treeMove(open, 2, 'Enter')).toEqual({ move: 'open', index: 2 });
  expect(treeMove(open, 0, ' ')).toEqual({ move: 'collapse', index: 0 });
  expect(treeMove(open, 0, 'End')).toEqual({ move: 'to', index: 3 });
  expect(treeMove(open, 3, 'ArrowDown')).toEqual({ move: 'to', index: 3 });
  expect(treeMove(open, 0, 'b')).toEqual({ move: 'to', index: 3 });
  expect(treeMove(open, 0, 'z')).toBeUndefined();
  expect(treeMove([], 0, 'End')).toBeUndefined();
});
