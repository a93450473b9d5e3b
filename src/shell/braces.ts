/**
 * What `{a,b}` or `{1..9..2}` stands for, as texts; undefined if it is neither and stands for itself.
 *
 * @param text with its braces
 */
export function expandBraces(text: string): string[] | undefined {
  const inner = text.slice(1, -1);
  const range = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inner);
  if (range) {
    const [first, last, step] = [Number(range[1]), Number(range[2]), Math.abs(Number(range[3] ?? 1)) || 1];
    const width =
      /^-?0\d/.test(range[1] ?? '') || /^-?0\d/.test(range[2] ?? '')
        ? Math.max(...[range[1], range[2]].map((end) => end?.length ?? 0))
        : 0;
    return count(first, last, step).map((value) => String(value).padStart(width, '0'));
  }
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])$/.exec(inner);
  if (letters) {
    const [first, last] = [letters[1]?.charCodeAt(0) ?? 0, letters[2]?.charCodeAt(0) ?? 0];
    return count(first, last, 1).map((code) => String.fromCharCode(code));
  }
  const parts = splitCommas(inner);
  return parts.length > 1 ? parts : undefined;
}

const MOST_WORDS = 100_000;

function count(first: number, last: number, step: number): number[] {
  const length = Math.min(MOST_WORDS, Math.floor(Math.abs(last - first) / step) + 1);
  return Array.from({ length }, (_, at) => first + at * (first <= last ? step : -step));
}

/** At commas that are not inside further braces or quotes. */
function splitCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of text.matchAll(/'[^']*'|"[^"]*"|\\.|[^]/g)) {
    if (piece === '{') depth++;
    if (piece === '}') depth--;
    if (piece === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + piece);
  }
  return parts;
}
