/**
 * What a person sees on a terminal: rows of characters and a cursor, as far as linenoise and redis-cli use them. Colours
 * are left out. An escape sequence that is not known throws, so that none is missed.
 */
export class Screen {
  readonly columns: number;
  readonly #rows: string[][] = [[]];
  readonly #decoder = new TextDecoder();
  #row = 0;
  #column = 0;
  /** What has come since an escape character. */
  #sequence: string | undefined;

  constructor(columns: number) {
    this.columns = columns;
  }

  write(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) this.#put(character);
  }

  /** The rows, without blanks at their ends. */
  get text(): string {
    return this.#rows
      .map((row) =>
        row
          .map((cell) => cell || ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }

  /** The row in which the cursor is, up to the cursor. */
  get beforeCursor(): string {
    return (this.#rows[this.#row] ?? []).slice(0, this.#column).join('');
  }

  /** The row in which the cursor is, from the cursor on. */
  get afterCursor(): string {
    return (this.#rows[this.#row] ?? []).slice(this.#column).join('').trimEnd();
  }

  #put(character: string): void {
    if (this.#sequence !== undefined) {
      this.#sequence += character;
      if (SEQUENCE.test(this.#sequence)) this.#obey(this.#sequence);
      else if (!BEGINNING.test(this.#sequence)) throw unknown(this.#sequence);
    } else if (character === ESCAPE) this.#sequence = '';
    else if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#row++;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character !== BELL) this.#print(character);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #print(character: string): void {
    if (this.#column >= this.columns) {
      this.#row++;
      this.#column = 0;
      while (this.#rows.length <= this.#row) this.#rows.push([]);
    }
    this.#rows[this.#row]![this.#column++] = character;
  }

  #obey(sequence: string): void {
    this.#sequence = undefined;
    const [, argument, command] = SEQUENCE.exec(sequence)!;
    const count = Number(argument || 1);
    const row = this.#rows[this.#row]!;
    if (command === 'A') this.#row = Math.max(0, this.#row - count);
    else if (command === 'B') this.#row += count;
    else if (command === 'C') this.#column = Math.min(this.columns - 1, this.#column + count);
    else if (command === 'D') this.#column = Math.max(0, this.#column - count);
    else if (command === 'K') row.length = Math.min(row.length, this.#column);
    else if (command === 'H') this.#row = this.#column = 0;
    else if (command === 'J') this.#rows.splice(0, Infinity, []);
    else if (command !== 'm') throw unknown(sequence);
  }
}

const ESCAPE = '\x1b';
const BELL = '\x07';
/** What may follow an escape character, and how it may begin. */
const SEQUENCE = /^\[([\d;]*)([A-Za-z])$/;
const BEGINNING = /^(\[[\d;]*)?$/;

function unknown(sequence: string): Error {
  return new Error(
    `Expected an escape sequence that linenoise or redis-cli uses, found ESC ${JSON.stringify(sequence)}.`,
  );
}
