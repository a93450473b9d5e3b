/** Ctrl-R: finds a line that was typed before by what is in it, the newest first. */
export class HistorySearch {
  readonly #lines: readonly string[];
  #wanted = '';
  /** Where the line that is shown stands; the number of lines before anything was found. */
  #at: number;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#at = lines.length;
  }

  /** The line that was found. */
  get found(): string | undefined {
    return this.#lines[this.#at];
  }

  /** What stands in the place of the prompt and of the line. */
  get shown(): { prompt: string; line: string } {
    const failed = this.#wanted !== '' && this.found === undefined;
    return { prompt: `(${failed ? 'failed ' : ''}reverse-i-search)\`${this.#wanted}': `, line: this.found ?? '' };
  }

  /**
   * Takes a key: the search goes on, or it ends. Then the line that was found is edited or, with `'leave'`, what was there
   * before; a key that has only ended it (`'edit'`) is still to be obeyed.
   */
  key(key: string): 'search' | 'edit' | 'leave' {
    if (key === '\x07' || key === '\x03' || key === '\x1b') return 'leave';
    if (key === '\x12') {
      const older = this.#find(this.#at - 1);
      if (older >= 0) this.#at = older;
    } else if (key === '\x7f' || key === '\b') {
      this.#wanted = [...this.#wanted].slice(0, -1).join('');
      this.#look();
    } else if (key >= ' ') {
      this.#wanted += key;
      this.#look();
    } else return 'edit';
    return 'search';
  }

  #look(): void {
    const at = this.#wanted === '' ? -1 : this.#find(this.#lines.length - 1);
    this.#at = at < 0 ? this.#lines.length : at;
  }

  /** The newest at or before a place; -1 if there is none. */
  #find(from: number): number {
    for (let at = from; at >= 0; at--) if (this.#lines[at]?.includes(this.#wanted)) return at;
    return -1;
  }
}
