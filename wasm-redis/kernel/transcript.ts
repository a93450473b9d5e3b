import type { Part } from './snapshot.ts';

/** Home, erase the screen, erase what has been scrolled out, no colours. */
const BLANK = new TextEncoder().encode('\x1b[0m\x1b[H\x1b[2J\x1b[3J');
/** Smaller pieces are put together: a typed key is one byte. */
const PIECE_BYTES = 4096;
const NEWLINE = 10;

/** The last of what a terminal has shown, so that its screen can be painted as it was at a save. */
export class Transcript implements Part {
  readonly #limit: number;
  /** Never changed in place: a save refers to them. */
  #pieces: readonly Uint8Array[] = [];
  #stale = false;

  /** @param limit bytes to keep, about */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Copies the bytes. */
  add(bytes: Uint8Array): void {
    const last = this.#pieces.at(-1);
    if (last && last.length + bytes.length <= PIECE_BYTES) {
      this.#pieces = [...this.#pieces.slice(0, -1), joined([last, bytes])];
    } else this.#pieces = [...this.#pieces, bytes.slice()];
    let length = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    while (length > this.#limit && this.#pieces.length > 1) {
      length -= this.#pieces[0]!.length;
      this.#pieces = this.#pieces.slice(1);
    }
  }

  remember(): () => void {
    const pieces = this.#pieces;
    return () => {
      this.#stale ||= this.#pieces !== pieces;
      this.#pieces = pieces;
    };
  }

  /** Once after a restore that has changed it, or always: an empty screen, and on it what was shown. Begins with a whole line. */
  takeRepaint(always = false): Uint8Array | undefined {
    if (!this.#stale && !always) return undefined;
    this.#stale = false;
    const shown = joined(this.#pieces);
    const cut = shown.length > this.#limit - PIECE_BYTES ? shown.indexOf(NEWLINE) + 1 : 0;
    return joined([BLANK, shown.subarray(cut)]);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
