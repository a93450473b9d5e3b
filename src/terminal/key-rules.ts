/** What is to be done about a key before xterm sees it. */
export type KeyRule =
  /** xterm sends it to the program. */
  | 'type'
  /** The browser does what it does with it: pastes, or moves the focus. */
  | 'browser'
  | 'copy'
  /** Nothing yet: the next key decides. */
  | 'hold';

/** Escape alone is kept back for so long; then it was meant for nobody. */
const HOLD_MS = 1500;

/**
 * Keys that do not go to the program as they are. Tab completes commands in redis-cli, so the focus leaves the terminal
 * by Shift-Tab (backwards) or by Escape and then Tab (onwards).
 */
export class KeyRules {
  #heldSinceMs: number | undefined;

  /** @param hasSelection whether text is selected, which makes Ctrl-C a copy instead of an interrupt */
  rule(event: KeyboardEvent, hasSelection: boolean): { rule: KeyRule; escapeFirst: boolean } {
    if (event.type !== 'keydown') return { rule: 'type', escapeFirst: false };
    const held = this.#heldSinceMs !== undefined && event.timeStamp - this.#heldSinceMs < HOLD_MS;
    const isModifier = ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key);
    if (!isModifier) this.#heldSinceMs = undefined;
    if (event.key === 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.#heldSinceMs = event.timeStamp;
      return { rule: 'hold', escapeFirst: held };
    }
    if (event.key === 'Tab' && (event.shiftKey || held)) return { rule: 'browser', escapeFirst: false };
    const escapeFirst = held && !isModifier;
    if (event.altKey) return { rule: 'type', escapeFirst };
    const key = event.key.toLowerCase();
    if (key === 'c' && (event.metaKey || (event.ctrlKey && (event.shiftKey || hasSelection)))) {
      return { rule: 'copy', escapeFirst: false };
    }
    if (key === 'v' && (event.metaKey || event.ctrlKey)) return { rule: 'browser', escapeFirst: false };
    return { rule: 'type', escapeFirst };
  }
}
