/** What may be typed on behalf of somebody who pastes. */
export interface PasteText {
  /** Without control characters, lines ended by `\r` as Enter does; a single line has no end, so that it can be looked at. */
  text: string;
  lineCount: number;
}

/**
 * Makes pasted text safe to type: a web page can put invisible control characters into what is copied from it, and in a
 * terminal they are keys. Tabs become spaces, because Tab completes.
 */
export function cleanPaste(pasted: string): PasteText {
  const lines = pasted
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\t/g, ' ')
    // eslint-disable-next-line no-control-regex -- these are the characters to be removed
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '')
    .replace(/\n+$/, '')
    .split('\n');
  if (lines.length === 1) return { text: lines[0] ?? '', lineCount: 1 };
  return { text: lines.map((line) => `${line}\r`).join(''), lineCount: lines.length };
}
