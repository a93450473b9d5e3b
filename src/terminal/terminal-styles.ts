import xtermCss from '@xterm/xterm/css/xterm.css?url&no-inline';
import { adoptStyles } from './strict-styles.ts';
import terminalCss from './terminal.css?url&no-inline';

/**
 * Brings the style sheets of xterm and of the panel into the document. They are files of their own, as a browser reads them
 * faster than text within a script. Rejects if one cannot be fetched.
 */
export async function adoptTerminalStyles(): Promise<void> {
  const texts = [xtermCss, terminalCss].map(async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the terminal's style sheet could not be fetched: ${url}, ${response.status}`);
    return response.text();
  });
  for (const css of await Promise.all(texts)) adoptStyles(css);
}
