import { bytesOfId, escaped } from './bytes.ts';

/** A line of the tree as it is shown: a folder of keys that begin alike, or a key. */
export interface TreeRow {
  kind: 'folder' | 'key';
  /** Of a folder the beginning that its keys share, delimiter included; of a key all of it. One character for each byte. */
  id: string;
  label: string;
  /** From 1. */
  level: number;
  /** From 1, among those with the same parent, and how many these are. */
  position: number;
  siblings: number;
  /** Of a folder. */
  expanded: boolean;
  /** Keys in a folder, at any depth; 1 for a key. */
  keys: number;
}

interface Folder {
  prefix: string;
  folders: Map<string, Folder>;
  keys: string[];
  count: number;
  sorted: boolean;
}

const collator = new Intl.Collator('en', { numeric: true });
const ids = { compare: (one: string, other: string) => collator.compare(one, other) || (one < other ? -1 : 1) };

/**
 * Keys as a tree by a delimiter. `user:1:name` lies in the folder `user:`, there in `1:`. Nothing is sorted, and no row is
 * made, before a folder is opened. An empty delimiter gives a list.
 */
export class KeyTree {
  readonly #root = emptyFolder('');
  readonly #known = new Set<string>();
  readonly #delimiter: string;

  /** @param delimiter one character for each byte, as ids are */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** How many keys are in it. */
  get size(): number {
    return this.#known.size;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** All keys, in no order. */
  ids(): IterableIterator<string> {
    return this.#known.values();
  }

  /** Adds a key; SCAN may give one twice, which is no error. Returns whether it is new. */
  add(id: string): boolean {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    let folder = this.#root;
    folder.count++;
    for (const prefix of prefixesOf(id, this.#delimiter)) {
      let next = folder.folders.get(prefix);
      if (!next) {
        next = emptyFolder(prefix);
        folder.folders.set(prefix, next);
        folder.sorted = false;
      }
      folder = next;
      folder.count++;
    }
    folder.keys.push(id);
    folder.sorted = false;
    return true;
  }

  /** The rows that are to be seen when these folders are open: folders first, then keys, numbers in their order. */
  rows(expanded: ReadonlySet<string>): TreeRow[] {
    const rows: TreeRow[] = [];
    this.#list(this.#root, 1, expanded, rows);
    return rows;
  }

  #list(folder: Folder, level: number, expanded: ReadonlySet<string>, rows: TreeRow[]): void {
    sort(folder);
    const siblings = folder.folders.size + folder.keys.length;
    let position = 0;
    const label = (id: string): string => escaped(bytesOfId(id.slice(folder.prefix.length)));
    for (const child of folder.folders.values()) {
      const { prefix: id, count: keys } = child;
      const open = expanded.has(id);
      rows.push({ kind: 'folder', id, label: label(id), level, position: ++position, siblings, expanded: open, keys });
      if (open) this.#list(child, level + 1, expanded, rows);
    }
    for (const id of folder.keys) {
      const shown = label(id) || '(empty)';
      rows.push({ kind: 'key', id, label: shown, level, position: ++position, siblings, expanded: false, keys: 1 });
    }
  }
}

/** The folders that a key lies in, from the outermost: `user:`, `user:1:`. */
export function prefixesOf(id: string, delimiter: string): string[] {
  if (delimiter === '') return [];
  const prefixes: string[] = [];
  for (let at = id.indexOf(delimiter); at >= 0; at = id.indexOf(delimiter, at + delimiter.length)) {
    prefixes.push(id.slice(0, at + delimiter.length));
  }
  return prefixes;
}

function emptyFolder(prefix: string): Folder {
  return { prefix, folders: new Map(), keys: [], count: 0, sorted: true };
}

function sort(folder: Folder): void {
  if (folder.sorted) return;
  folder.folders = new Map([...folder.folders].sort(([one], [other]) => ids.compare(one, other)));
  folder.keys.sort((one, other) => ids.compare(one, other));
  folder.sorted = true;
}
