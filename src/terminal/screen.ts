import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { TerminalSize } from '../../wasm-redis/machine.ts';
import { KeyRules } from './key-rules.ts';
import { cleanPaste, type PasteText } from './paste-text.ts';
import { withConstructedStyles } from './strict-styles.ts';
import { readTheme, watchTheme } from './theme.ts';

/** What a screen needs from those around it. */
export interface ScreenEvents {
  /** Keys, as the text that a terminal sends for them. */
  onKeys(text: string): void;
  onResize(size: TerminalSize): void;
  /** Several lines are about to be pasted: each would be run at once. Resolves true to go on. */
  confirmPaste(paste: PasteText): Promise<boolean>;
}

/** xterm with its addons, set up for this site: the screen and keyboard of one session. */
export class Screen {
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #closers: (() => void)[] = [];
  /** The widths of characters beyond ASCII; a table of 11 kB that few sessions need. */
  #widths: Promise<void> | undefined;

  /** @param host an empty element in the document; the screen fills it */
  constructor(host: HTMLElement, label: string, hintId: string, screenReader: boolean, events: ScreenEvents) {
    this.#host = host;
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.terminal = new Terminal({
      allowProposedApi: true,
      cursorBlink: !stillness.matches,
      cursorInactiveStyle: 'outline',
      fontFamily: `'Plex Mono', ${getComputedStyle(host).getPropertyValue('--sl-font-system-mono')}`,
      fontSize: matchMedia('(max-width: 50rem)').matches ? 13 : 14,
      fontWeightBold: 600,
      lineHeight: 1.3,
      // Programs here never ask for it, and a paste is cleaned and asked about instead.
      ignoreBracketedPasteMode: true,
      linkHandler: { activate: (_event, uri) => openLink(uri) },
      minimumContrastRatio: 4.5,
      screenReaderMode: screenReader,
      scrollback: 5000,
      theme: readTheme(host),
    });
    this.terminal.loadAddon(this.#fit);
    // A link is found under a pointer, so what looks for it comes with the first one.
    host.addEventListener('pointerenter', () => void this.#findLinks(), { once: true });
    this.#closers.push(withConstructedStyles(() => this.terminal.open(host)));

    this.terminal.textarea?.setAttribute('aria-label', label);
    this.terminal.textarea?.setAttribute('aria-describedby', hintId);
    this.terminal.onData((text) => events.onKeys(text));
    this.terminal.onResize(({ cols, rows }) => events.onResize({ columns: cols, rows }));
    this.#handleKeys(events);
    this.#handlePaste(events);

    const resized = new ResizeObserver(() => this.fit());
    resized.observe(host);
    const blink = (): void => {
      this.terminal.options.cursorBlink = !stillness.matches;
    };
    stillness.addEventListener('change', blink);
    this.#closers.push(
      () => resized.disconnect(),
      () => stillness.removeEventListener('change', blink),
      watchTheme(() => {
        this.terminal.options.theme = readTheme(host);
      }),
    );
    this.fit();
    this.#showCursor();
  }

  get size(): TerminalSize {
    return { columns: this.terminal.cols, rows: this.terminal.rows };
  }

  /** Resolves when the screen has taken the output in: what flow control waits for. */
  async write(output: Uint8Array | string): Promise<void> {
    if (!isAscii(output)) this.#widths ??= loadWidths(this.terminal);
    // Whoever writes while the table comes waits for it too, so nothing overtakes.
    if (this.#widths) await this.#widths;
    await new Promise<void>((resolve) => this.terminal.write(output, resolve));
  }

  /** As new: empty, with the cursor at the beginning. */
  reset(): void {
    this.terminal.reset();
  }

  fit(): void {
    // A hidden tab has no size; it is fitted when it is shown.
    if (this.#host.offsetParent !== null) this.#fit.fit();
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Copies the selection, or everything if nothing is selected. */
  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.terminal.hasSelection() ? this.terminal.getSelection() : this.text);
  }

  close(): void {
    for (const close of this.#closers) close();
    this.terminal.dispose();
  }

  /** xterm draws no cursor before its first focus, and a terminal without one looks dead. */
  #showCursor(): void {
    if (document.activeElement !== document.body || matchMedia('(pointer: coarse)').matches) return;
    this.terminal.textarea?.focus({ preventScroll: true });
    this.terminal.textarea?.blur();
  }

  /** Everything that is on the screen and scrolled out of it. */
  get text(): string {
    const buffer = this.terminal.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  async #findLinks(): Promise<void> {
    const { WebLinksAddon } = await import('@xterm/addon-web-links');
    this.terminal.loadAddon(new WebLinksAddon((_event, uri) => openLink(uri)));
  }

  #handleKeys(events: ScreenEvents): void {
    const rules = new KeyRules();
    this.terminal.attachCustomKeyEventHandler((event) => {
      const { rule, escapeFirst } = rules.rule(event, this.terminal.hasSelection());
      if (escapeFirst) events.onKeys('\x1b');
      if (rule === 'copy') {
        event.preventDefault();
        if (this.terminal.hasSelection()) void this.copy().then(() => this.terminal.clearSelection());
      }
      return rule === 'type';
    });
  }

  #handlePaste(events: ScreenEvents): void {
    const paste = async (pasted: string): Promise<void> => {
      const cleaned = cleanPaste(pasted);
      if (cleaned.lineCount > 1 && !(await events.confirmPaste(cleaned))) return;
      events.onKeys(cleaned.text);
      this.terminal.scrollToBottom();
    };
    const onPaste = (event: ClipboardEvent): void => {
      // Before xterm's own listener, which would type the text as it is.
      event.stopImmediatePropagation();
      void paste(event.clipboardData?.getData('text/plain') ?? '');
      // The browser puts it into the hidden text area meanwhile, where nobody needs it.
      setTimeout(() => {
        if (this.terminal.textarea) this.terminal.textarea.value = '';
      });
    };
    this.#host.addEventListener('paste', onPaste, { capture: true });
    this.#closers.push(() => this.#host.removeEventListener('paste', onPaste, { capture: true }));
  }
}

function isAscii(output: Uint8Array | string): boolean {
  return typeof output === 'string' || output.every((byte) => byte < 0x80);
}

async function loadWidths(terminal: Terminal): Promise<void> {
  const { Unicode11Addon } = await import('@xterm/addon-unicode11');
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
}

/** Only what the reader has clicked, only the web, and the new page learns nothing of this one. */
function openLink(uri: string): void {
  const { protocol } = new URL(uri);
  if (protocol === 'https:' || protocol === 'http:') window.open(uri, '_blank', 'noopener,noreferrer');
}
