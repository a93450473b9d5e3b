import { trimBlankLines } from './parse.ts';

/** Sets of colours and weights, which a transcript does not print. */
// eslint-disable-next-line no-control-regex -- the escape character is what it looks for
const COLOUR = /\u001b\[[0-9;]*m/g;
/** A program that prints over its own line: carriage return, or "cursor to column 0, erase the line". */
// eslint-disable-next-line no-control-regex -- the escape character is what it looks for
const LINE_START = /\r|\u001b\[0G\u001b\[2K/;

/** Collects what a program writes to its two outputs and gives it back as lines. */
export class PrintedText {
  #text = '';
  // A character's bytes may come in two chunks, and the two outputs are two streams.
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };

  append(bytes: Uint8Array, stream: 'stdout' | 'stderr'): void {
    this.#text += this.#decoders[stream].decode(bytes, { stream: true });
  }

  /** The lines since the last call, as they then stand on the screen. Bytes that are not UTF-8 are U+FFFD. */
  takeLines(): string[] {
    const text = this.#text;
    this.#text = '';
    return trimBlankLines(text.replaceAll(COLOUR, '').split('\n').map(lastPrinting));
  }
}

/** What is left of a line after the program has printed over it. */
function lastPrinting(line: string): string {
  return line.split(LINE_START).findLast((part) => part !== '') ?? '';
}
