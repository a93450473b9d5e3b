/** A piece of a line that is shown in its own colour. Columns count from 0, `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
  kind: SpanKind;
}

export type SpanKind =
  | 'prompt'
  | 'command'
  | 'option'
  | 'key'
  | 'string'
  | 'number'
  | 'remark'
  /** `1) `, `1# ` and what tells a type: `(integer)`, `(nil)`, `(empty array)`, `(1.02s)`. */
  | 'note'
  | 'error';

const INDEX = /^\s*\d+[)#~] /;
const QUOTED = /"(?:\\.|[^"\\])*"/y;
const TYPED_NUMBER = /^\((?:integer|double)\) (-?\S+)$/;
const NOTE = /^\((?:nil|true|false|empty (?:array|hash|set|push)|\d+\.\d+s)\)$/;

/** What redis-cli prints for a person, by the form of each line: cliFormatReplyTTY in redis-cli.c. */
export function highlightReply(line: string): Span[] {
  const spans: Span[] = [];
  let rest = 0;
  const take = (length: number, kind: SpanKind) => {
    spans.push({ start: rest, end: rest + length, kind });
    rest += length;
  };
  // Lists in lists put several indices on one line.
  for (let index = INDEX.exec(line); index; index = INDEX.exec(line.slice(rest))) take(index[0].length, 'note');

  QUOTED.lastIndex = rest;
  const quoted = QUOTED.exec(line);
  if (quoted) {
    take(quoted[0].length, 'string');
    if (!line.startsWith(' => ', rest)) return spans;
    const shift = rest + 4;
    return [...spans, ...highlightReply(line.slice(shift)).map((span) => moved(span, shift))];
  }
  const value = line.slice(rest);
  const typed = TYPED_NUMBER.exec(value);
  if (typed?.[1] !== undefined) {
    take(value.length - typed[1].length, 'note');
    take(typed[1].length, 'number');
  } else if (NOTE.test(value)) take(value.length, 'note');
  else if (value.startsWith('(error) ')) take(value.length, 'error');
  return spans;
}

function moved(span: Span, by: number): Span {
  return { ...span, start: span.start + by, end: span.end + by };
}
