/** Compares the printed reply with the machine's. `...` is the only wildcard: alone it is any lines, else any text. */

export const WILDCARD = '...';

/** One line of the comparison: as printed, printed but not given, given but not printed, passed over by a wildcard. */
export type DiffLine =
  | { kind: 'same'; expected: string; actual: string }
  | { kind: 'missing'; expected: string }
  | { kind: 'unexpected'; actual: string }
  | { kind: 'wildcard' };

/** Whether one line matches. Trailing white space does not count: editors strip it, and Redis prints some. */
export function lineMatches(expected: string, actual: string): boolean {
  const parts = expected.trimEnd().split(WILDCARD);
  const text = actual.trimEnd();
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** Whether the whole reply matches, line by line. */
export function replyMatches(expected: readonly string[], actual: readonly string[]): boolean {
  return compareReplies(expected, actual).every((line) => line.kind === 'same' || line.kind === 'wildcard');
}

/** Losing a printed line costs more, so that a wildcard does not swallow a line that still stands there. */
const MISSING = 3;
const UNEXPECTED = 2;

/**
 * Aligns the two with as few missing and unexpected lines as possible. A line of nothing but the wildcard takes any
 * number of lines, also none. Time and space are the product of the two lengths.
 */
export function compareReplies(expected: readonly string[], actual: readonly string[]): DiffLine[] {
  const width = actual.length + 1;
  /** cost[e * width + a]: differences between what is left from expected line e and actual line a on. */
  const cost = new Uint32Array((expected.length + 1) * width);
  const costAt = (e: number, a: number) => cost[e * width + a] ?? 0;
  for (let e = expected.length; e >= 0; e--) {
    for (let a = actual.length; a >= 0; a--) {
      if (e === expected.length) cost[e * width + a] = (actual.length - a) * UNEXPECTED;
      else
        cost[e * width + a] = Math.min(
          ...moves(expected, actual, e, a).map((move) => move.cost + costAt(move.e, move.a)),
        );
    }
  }

  const diff: DiffLine[] = [];
  let e = 0;
  let a = 0;
  while (e < expected.length || a < actual.length) {
    const move = moves(expected, actual, e, a).find((move) => move.cost + costAt(move.e, move.a) === costAt(e, a));
    if (!move) throw new Error('the alignment has no next move, although its cost is known');
    diff.push(move.line);
    ({ e, a } = move);
  }
  return diff;
}

interface Move {
  e: number;
  a: number;
  cost: number;
  line: DiffLine;
}

/** What can be done at this point of the alignment, the better one first where costs are equal. */
function moves(expected: readonly string[], actual: readonly string[], e: number, a: number): Move[] {
  const wanted = expected[e];
  const given = actual[a];
  const found: Move[] = [];
  if (wanted?.trim() === WILDCARD) {
    if (given !== undefined) found.push({ e, a: a + 1, cost: 0, line: { kind: 'wildcard' } });
    found.push({ e: e + 1, a, cost: 0, line: { kind: 'wildcard' } });
    return found;
  }
  if (wanted !== undefined && given !== undefined && lineMatches(wanted, given)) {
    found.push({ e: e + 1, a: a + 1, cost: 0, line: { kind: 'same', expected: wanted, actual: given } });
  }
  if (wanted !== undefined) found.push({ e: e + 1, a, cost: MISSING, line: { kind: 'missing', expected: wanted } });
  if (given !== undefined) found.push({ e, a: a + 1, cost: UNEXPECTED, line: { kind: 'unexpected', actual: given } });
  return found;
}

/**
 * The reply to print from now on: what the machine gave, but a line with a wildcard that still matches stays, and so
 * does a line of nothing but the wildcard.
 */
export function acceptReply(expected: readonly string[], actual: readonly string[]): string[] {
  const accepted: string[] = [];
  let inWildcard = false;
  for (const line of compareReplies(expected, actual)) {
    if (line.kind === 'wildcard') {
      if (!inWildcard) accepted.push(WILDCARD);
    } else if (line.kind === 'same') {
      accepted.push(line.expected.includes(WILDCARD) ? line.expected : line.actual.trimEnd());
    } else if (line.kind === 'unexpected') {
      accepted.push(line.actual.trimEnd());
    }
    inWildcard = line.kind === 'wildcard';
  }
  return accepted;
}

/** The comparison as text, one line each: `-` printed in the lesson, `+` given by the machine. */
export function formatDiff(diff: readonly DiffLine[]): string[] {
  return diff.flatMap((line, index) => {
    if (line.kind === 'same') return [`  ${line.expected}`];
    if (line.kind === 'missing') return [`- ${line.expected}`];
    if (line.kind === 'unexpected') return [`+ ${line.actual}`];
    return diff[index - 1]?.kind === 'wildcard' ? [] : [`  ${WILDCARD}`];
  });
}
