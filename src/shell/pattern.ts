/** A piece of a word after expansion: what was quoted is never a pattern and never split. */
export interface Piece {
  text: string;
  quoted: boolean;
}

/** Whether a word means files. */
export function isPattern(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text, quoted }) => !quoted && /[*?]|\[.+\]/.test(text));
}

/** The text of a word. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** The source of a regular expression for a shell pattern. `anything` is what `*` stands for. */
export function patternSource(pieces: readonly Piece[], anything = '[^]*'): string {
  return pieces.map(({ text, quoted }) => (quoted ? escape(text) : unquotedSource(text, anything))).join('');
}

/** Whether a text is what a shell pattern says, from beginning to end. */
export function matches(pieces: readonly Piece[], text: string): boolean {
  return new RegExp(`^${patternSource(pieces)}$`, 'u').test(text);
}

/** The pieces of a path between its slashes. */
export function splitPath(pieces: readonly Piece[]): Piece[][] {
  const steps: Piece[][] = [[]];
  for (const { text, quoted } of pieces) {
    for (const [at, part] of text.split('/').entries()) {
      if (at > 0) steps.push([]);
      if (part !== '') steps.at(-1)?.push({ text: part, quoted });
    }
  }
  return steps;
}

function unquotedSource(text: string, anything: string): string {
  const parts = text.matchAll(/\*|\?|\[([!^]?)(\]?[^\]]*)\]|\\(.)|[^]/gu);
  return [...parts]
    .map(([part, negation, set, escaped]) => {
      if (part === '*') return anything;
      if (part === '?') return '[^/]';
      if (set !== undefined)
        return `[${negation ? '^' : ''}${set.replace(/[\\\]]/g, '\\$&').replace(/\[:(\w+):\\\]/g, '')}]`;
      return escape(escaped ?? part);
    })
    .join('');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
