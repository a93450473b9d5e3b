/** The unit in which saves share what has not changed. An idle cluster changes 0.8 MB a second; in units of 16 KiB, 1.9. */
export const PAGE_BYTES = 4096;
const PAGE_WORDS = PAGE_BYTES / 4;

const ZERO_PAGE = new Int32Array(PAGE_WORDS);

/**
 * The contents of a memory or a file at one instant, as pages that never change. Pages that are equal to those of an
 * earlier instant are the same objects, and pages of zeros are one object, so that only what differs costs memory.
 */
export class Pages {
  readonly length: number;
  readonly #pages: readonly Int32Array[];

  /**
   * Copies `bytes[0..length]`.
   *
   * @param base what the same memory or file was at another time
   */
  constructor(bytes: Uint8Array, length: number, base: Pages | undefined) {
    this.length = length;
    const words = wordsOf(bytes, length);
    const known = base ? base.#pages : [];
    const pages: Int32Array[] = [];
    for (let start = 0; start < words.length; start += PAGE_WORDS) {
      const before = known[pages.length] ?? ZERO_PAGE;
      if (same(words, start, before)) pages.push(before);
      else if (before !== ZERO_PAGE && same(words, start, ZERO_PAGE)) pages.push(ZERO_PAGE);
      else pages.push(words.slice(start, start + PAGE_WORDS));
    }
    this.#pages = pages;
  }

  /** Every page that takes memory. */
  *[Symbol.iterator](): Generator<Int32Array> {
    for (const page of this.#pages) if (page !== ZERO_PAGE) yield page;
  }

  /** Writes the contents to the beginning of `target`, which has at least `length` bytes. */
  copyTo(target: Uint8Array): void {
    for (let index = 0; index < this.#pages.length; index++) {
      const start = index * PAGE_BYTES;
      const page = this.#pages[index]!;
      const count = Math.min(PAGE_BYTES, this.length - start);
      if (page === ZERO_PAGE) target.fill(0, start, start + count);
      else target.set(new Uint8Array(page.buffer, 0, count), start);
    }
  }

  /** Whether `bytes[0..length]` is the same. */
  equals(bytes: Uint8Array, length: number): boolean {
    if (length !== this.length) return false;
    const words = wordsOf(bytes, length);
    return this.#pages.every((page, index) => same(words, index * PAGE_WORDS, page));
  }
}

/** In place where it consists of whole words, as a memory does; else copied and filled up with zeros. */
function wordsOf(bytes: Uint8Array, length: number): Int32Array {
  if (bytes.byteOffset % 4 === 0 && length % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, length / 4);
  const words = new Int32Array(Math.ceil(length / 4));
  new Uint8Array(words.buffer).set(bytes.subarray(0, length));
  return words;
}

/** Whether the words from `start` on, to the end of a page or of all, are those of a page. */
function same(words: Int32Array, start: number, page: Int32Array): boolean {
  const count = Math.min(PAGE_WORDS, words.length - start);
  if (count > page.length) return false;
  for (let at = 0; at < count; at++) if (words[start + at] !== page[at]) return false;
  return true;
}
