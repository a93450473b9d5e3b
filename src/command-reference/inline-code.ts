/** A piece of a sentence: words, or what stands in backticks. */
export interface InlinePart {
  text: string;
  code: boolean;
}

/** Splits a sentence at its backticks. One that is never closed is a backtick. */
export function splitInlineCode(sentence: string): InlinePart[] {
  return sentence
    .split(/(`[^`]+`)/)
    .filter((text) => text !== '')
    .map((text) => (/^`[^`]+`$/.test(text) ? { text: text.slice(1, -1), code: true } : { text, code: false }));
}

/** The first sentence, for lists. A full stop inside backticks or a number does not end one. */
export function firstSentence(text: string): string {
  let isCode = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '`') isCode = !isCode;
    if (text[i] === '.' && !isCode && /^(?:\s+[A-Z`]|\s*$)/.test(text.slice(i + 1))) return text.slice(0, i + 1);
  }
  return text;
}
