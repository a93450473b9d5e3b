const FIRST_CAPACITY = 4096;
const RETURN = 13;
const NEWLINE = 10;

const decoder = new TextDecoder();

/** Bytes as they arrive, taken out by line and by length. Nothing is taken until all of it is there. */
export class ReceiveBuffer {
  #bytes = new Uint8Array(FIRST_CAPACITY);
  #start = 0;
  #end = 0;
  /** How far the search for the end of a line has come, so that a long line is not searched again with each piece. */
  #searched = 0;

  append(piece: Uint8Array): void {
    if (this.#end + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** The next line without its CR LF, or undefined if it is not complete. */
  takeLine(): string | undefined {
    for (let at = Math.max(this.#searched, this.#start); at < this.#end - 1; at++) {
      if (this.#bytes[at] !== RETURN || this.#bytes[at + 1] !== NEWLINE) continue;
      const line = decoder.decode(this.#bytes.subarray(this.#start, at));
      this.#start = this.#searched = at + 2;
      return line;
    }
    this.#searched = Math.max(this.#start, this.#end - 1);
    return undefined;
  }

  /** The next `count` bytes, copied, or undefined if they are not all there. */
  takeBytes(count: number): Uint8Array | undefined {
    if (this.#end - this.#start < count) return undefined;
    const taken = this.#bytes.slice(this.#start, this.#start + count);
    this.#start += count;
    this.#searched = this.#start;
    return taken;
  }

  #makeRoom(more: number): void {
    const kept = this.#bytes.subarray(this.#start, this.#end);
    let capacity = this.#bytes.length;
    while (capacity < kept.length + more) capacity *= 2;
    const room = capacity === this.#bytes.length ? this.#bytes : new Uint8Array(capacity);
    if (room === this.#bytes) room.copyWithin(0, this.#start, this.#end);
    else room.set(kept);
    this.#searched -= this.#start;
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = room;
  }
}
