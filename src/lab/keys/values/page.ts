/** A part of a value that is too large to be shown whole. */
export interface Page<Item> {
  items: readonly Item[];
  /** Of the whole value, in elements. */
  length: number;
  /** Where the next page begins: a rank, an ID, or a cursor of SCAN's kin. Undefined behind the last. */
  next: string | undefined;
}

/** What one wants to see of a value. */
export interface PageQuery {
  /** As `next` gave it; empty for the first page. */
  from: string;
  count: number;
  /** A glob pattern for members or fields; empty for all. Only where SCAN's kin is asked. */
  match: string;
}
