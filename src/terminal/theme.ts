import type { ITheme } from '@xterm/xterm';

const COLOURS = [
  'black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white',
  'brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite',
] as const; // prettier-ignore

/** The terminal's colours as the site's style sheet gives them for the present theme (`--rt-red`, `--rm-term-bg`, ...). */
export function readTheme(element: Element): ITheme {
  const style = getComputedStyle(element);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  const theme: ITheme = {
    background: value('--rm-term-bg'),
    foreground: value('--rm-term-fg'),
    cursor: value('--rm-term-cursor'),
    cursorAccent: value('--rm-term-bg'),
    selectionBackground: value('--rm-term-selection'),
    scrollbarSliderBackground: value('--rm-term-edge'),
    scrollbarSliderHoverBackground: value('--rm-term-dim'),
    scrollbarSliderActiveBackground: value('--rm-term-dim'),
  };
  for (const colour of COLOURS) theme[colour] = value(`--rt-${colour}`);
  return theme;
}

/** Calls back after the site's theme has changed. Returns what ends that. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
