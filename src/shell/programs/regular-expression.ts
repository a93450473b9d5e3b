import { UsageError } from './options.ts';

interface PatternOptions {
  extended?: boolean;
  fixed?: boolean;
  ignoreCase?: boolean;
  word?: boolean;
  line?: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: 'A-Fa-f0-9',
};

/** A pattern of grep or sed, basic (where `\|` and `\(` are special and `|` is not) or extended. Throws a `UsageError`. */
export function readPattern(pattern: string, options: PatternOptions): RegExp {
  const lines = pattern.split('\n');
  const alternatives = lines.map((line) => (options.fixed ? escape(line) : translate(line, options.extended ?? false)));
  let source = alternatives.join('|');
  if (options.word) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (options.line) source = `^(?:${source})$`;
  try {
    return new RegExp(source, options.ignoreCase ? 'i' : '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(unmatched(pattern));
  }
}

function unmatched(pattern: string): string {
  if (/\[[^\]]*$/.test(pattern)) return 'Unmatched [, [^, [:, [., or [=';
  if (pattern.includes('(')) return 'Unmatched ( or \\(';
  return 'Invalid preceding regular expression';
}

/** Brackets, escapes and special characters are what differs from JavaScript's. */
function translate(pattern: string, extended: boolean): string {
  const pieces = pattern.matchAll(/\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]|\\([^])|([(){}|+?])|(\*)|[^]/g);
  let first = true;
  return [...pieces]
    .map(([piece, negation, set, escaped, special, star]) => {
      const atStart = first;
      first = piece === '(' || escaped === '(' || piece === '|' || escaped === '|' || (first && piece === '^');
      if (set !== undefined) return bracket(negation ?? '', set);
      if (escaped !== undefined) return escapeOf(escaped, extended);
      if (special !== undefined) return extended ? special : `\\${special}`;
      if (star !== undefined && atStart) return '\\*';
      return piece === '/' ? '\\/' : piece;
    })
    .join('');
}

function escapeOf(character: string, extended: boolean): string {
  if (/[(){}|+?]/.test(character)) return extended ? `\\${character}` : character;
  if (character === '<' || character === '>') return '\\b';
  if (/[\dbBwWsS]/.test(character)) return `\\${character}`;
  return /[\w]/.test(character) ? character : escape(character);
}

function bracket(negation: string, set: string): string {
  const inside = set
    .split(/(\[:\w+:\])/)
    .map((part) => {
      const [, name] = /^\[:(\w+):\]$/.exec(part) ?? [];
      return name === undefined ? part.replace(/[\\\][]/g, '\\$&') : (CLASSES[name] ?? '');
    })
    .join('');
  return `[${negation}${inside}]`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
