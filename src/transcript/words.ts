/** A word of a command line and where it stands, quotes included. */
export interface Word {
  start: number;
  end: number;
  text: string;
}

const WORD = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[^\s"']+/g;

/**
 * Splits a line into words where redis-cli does: at white space outside of quotes (`sdssplitargs` in sds.c). A quote
 * that is never closed takes the rest of the line.
 */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  for (const { 0: text, index } of line.matchAll(WORD)) {
    const last = words.at(-1);
    // `a"b"` is one word.
    if (last?.end === index) {
      last.end = index + text.length;
      last.text += text;
    } else words.push({ start: index, end: index + text.length, text });
  }
  return words;
}
