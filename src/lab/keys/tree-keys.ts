import type { TreeRow } from './key-tree.ts';

/** What a key of the keyboard does in the tree. */
export type TreeMove = { move: 'to'; index: number } | { move: 'expand' | 'collapse' | 'open'; index: number };

/** Rows that Page Up and Page Down pass. */
const PAGE_ROWS = 10;

/**
 * What a pressed key does, as the ARIA pattern of a tree view says: arrows, Home, End, Enter and Space, and a letter goes
 * to the next row that begins with it. Undefined if the tree has no use for it.
 *
 * @param key as `KeyboardEvent.key`
 * @param at index of the active row
 */
export function treeMove(rows: readonly TreeRow[], at: number, key: string): TreeMove | undefined {
  const row = rows[at];
  if (!row) return undefined;
  const to = (index: number): TreeMove => ({ move: 'to', index: Math.max(0, Math.min(rows.length - 1, index)) });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + PAGE_ROWS);
    case 'PageUp':
      return to(at - PAGE_ROWS);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row.kind === 'key') return undefined;
      return row.expanded ? to(at + 1) : { move: 'expand', index: at };
    case 'ArrowLeft':
      return row.expanded ? { move: 'collapse', index: at } : to(parentOf(rows, at));
    case 'Enter':
    case ' ':
      if (row.kind === 'key') return { move: 'open', index: at };
      return { move: row.expanded ? 'collapse' : 'expand', index: at };
    default:
      return key.length === 1 ? letter(rows, at, key, to) : undefined;
  }
}

/** The row itself if it has no parent. */
function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]!.level;
  for (let index = at - 1; index >= 0; index--) if (rows[index]!.level < level) return index;
  return at;
}

function letter(
  rows: readonly TreeRow[],
  at: number,
  key: string,
  to: (index: number) => TreeMove,
): TreeMove | undefined {
  const wanted = key.toLowerCase();
  for (let step = 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length;
    if (rows[index]!.label.toLowerCase().startsWith(wanted)) return to(index);
  }
  return undefined;
}
