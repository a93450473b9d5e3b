import { parseTranscript } from '../transcript/parse.ts';

/** A transcript's text without its last reply: what a question shows that asks for it. */
export function withoutLastReply(source: string): string {
  const last = parseTranscript(source).steps.at(-1);
  if (!last) return source;
  return source
    .split('\n')
    .slice(0, last.line + 1)
    .join('\n');
}

/**
 * Whether an answer that somebody typed says what was printed. Quotes, the word before a number and white space do not
 * count: who knows that it is 4 knows it. Several lines may be given with spaces between.
 */
export function saysTheSame(answer: string, printed: readonly string[]): boolean {
  return plain(answer) === plain(printed.join(' '));
}

function plain(text: string): string {
  return text
    .replace(/\((?:integer|error|nil|empty array)\)/gi, (sign) => (/nil|empty/i.test(sign) ? sign.slice(1, -1) : ''))
    .replace(/["'\s]+/g, ' ')
    .trim()
    .toLowerCase();
}
