import { Pages } from './pages.ts';

/**
 * A part of the machine whose state can be put back. `remember` copies what can change and tells the snapshot of the
 * parts that it refers to; the function it returns puts the state back into this very object, as often as one likes.
 * A field that it forgets is found by ../tests/save-completeness.test.ts.
 */
export interface Part {
  remember(snapshot: Snapshot): () => void;
}

/**
 * A machine at one instant, between two runs of its processes.
 *
 * Parts keep their identity: whoever holds a process, a socket or a terminal holds the same one after `restore`, as it
 * was. Parts that have been made since are no longer referred to by any that is put back, and so they are gone.
 */
export class Snapshot {
  #base: Snapshot | undefined;
  readonly #parts = new Set<Part>();
  readonly #contents = new Map<Part, Pages>();
  readonly #restores: (() => void)[] = [];

  /**
   * @param roots the parts to begin with; all that they refer to is remembered too
   * @param base another snapshot of the same machine, to share equal pages with; not kept
   */
  constructor(roots: Iterable<Part>, base: Snapshot | undefined) {
    this.#base = base;
    for (const root of roots) this.add(root);
    // A set gives what is added while it is being walked: no recursion, however long a chain of parts is.
    for (const part of this.#parts) this.#restores.push(part.remember(this));
    this.#base = undefined;
  }

  /** For `Part.remember`: a part that is referred to. */
  add(part: Part | undefined): void {
    if (part) this.#parts.add(part);
  }

  /** For `Part.remember`: a copy of `bytes[0..length]`, the contents of that part. */
  pages(owner: Part, bytes: Uint8Array, length: number): Pages {
    const pages = new Pages(bytes, length, this.#base && this.#base.#contents.get(owner));
    this.#contents.set(owner, pages);
    return pages;
  }

  has(part: Part): boolean {
    return this.#parts.has(part);
  }

  /** Puts everything back. No process may be running. */
  restore(): void {
    for (const restore of this.#restores) restore();
  }

  /** Every page that takes memory, those that it shares with other snapshots too. */
  *pagesInUse(): Generator<Int32Array> {
    for (const pages of this.#contents.values()) yield* pages;
  }
}

/** Remembers the items of an array that is changed in place. */
export function rememberArray<T>(array: T[]): () => void {
  const items = [...array];
  return () => void array.splice(0, array.length, ...items);
}

/** Remembers the entries of a map, and their order. */
export function rememberMap<K, V>(map: Map<K, V>): () => void {
  const entries = [...map];
  return () => {
    map.clear();
    for (const [key, value] of entries) map.set(key, value);
  };
}

/** Remembers the values of a set, and their order. */
export function rememberSet<T>(set: Set<T>): () => void {
  const values = [...set];
  return () => {
    set.clear();
    for (const value of values) set.add(value);
  };
}

/** Remembers the fields of plain objects that are changed in place. */
export function rememberFields(objects: Iterable<object>): () => void {
  const copies = Array.from(objects, (object) => ({ object, fields: { ...object } }));
  return () => {
    for (const { object, fields } of copies) Object.assign(object, fields);
  };
}
