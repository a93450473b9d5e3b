/** The lines that were typed, the oldest first; the same line twice in a row is kept once. */
export class History {
  readonly lines: string[] = [];

  add(line: string): void {
    if (line.trim() !== '' && this.lines.at(-1) !== line) this.lines.push(line);
  }

  clear(): void {
    this.lines.length = 0;
  }
}
