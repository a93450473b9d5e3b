import type { Finding } from './finding.ts';
import type { Text } from './texts.ts';

/**
 * Words that promise ease to someone who may not find it easy, that sell, or that point to a place a reader with another
 * screen does not see. "above all" and "of course" as in "of course" are no exceptions: other words do.
 */
const FORBIDDEN: readonly RegExp[] = [
  /\bsimply\b/i,
  /\bjust\b/i,
  /\beasily\b/i,
  /\beasy\b/i,
  /\bobviously\b/i,
  /\bof course\b/i,
  /\bbasically\b/i,
  /\btrivial(?:ly)?\b/i,
  /\bclearly\b/i,
  /\b(?:as |the |see |from |shown |described )(?:above|below)\b/i,
  /\b(?:above|below)[,.:;]/i,
  /\bpowerful\b/i,
  /\bblazing(?:ly)?\b/i,
  /\brobust\b/i,
  /\bseamless(?:ly)?\b/i,
  /\bleverag(?:e|es|ing)\b/i,
  /\butiliz(?:e|es|ing)\b/i,
  /\bdelve\b/i,
  /\bin today's\b/i,
  /\bgame.changer\b/i,
];

/** Words that a lesson does not use. */
export function checkForbiddenWords(texts: readonly Text[]): Finding[] {
  return texts.flatMap(({ line, text }) =>
    FORBIDDEN.flatMap((pattern) => {
      const found = pattern.exec(text);
      return found
        ? [{ line, message: `"${found[0]}": this word is not used here; leave it out, or say what is meant` }]
        : [];
    }),
  );
}
