/** Elements on a page of a list, a set, a hash and so on. */
const MOST_ELEMENTS = 50;
/** What a page of elements may bring into the browser, if they are of like size. */
const PAGE_BYTES = 200_000;

/** Bytes of one value that are shown at a time, and of one element before it is cut. */
export const CHUNK_BYTES = 16_384;
export const ELEMENT_BYTES = 512;

/**
 * How many elements to ask for at a time: 50, or fewer where they are large, so that a page stays near 200 kB.
 *
 * @param memoryBytes of the whole key
 */
export function pageSize(memoryBytes: number, length: number): number {
  const each = memoryBytes / Math.max(1, length);
  return Math.max(1, Math.min(MOST_ELEMENTS, Math.floor(PAGE_BYTES / Math.max(1, each))));
}
