import { element, icon, type IconName } from '../dom/element.ts';

const KEYS: readonly { label: string; keys: string; icon?: IconName; text?: string }[] = [
  { label: 'Tab', keys: '\t', text: 'Tab' },
  { label: 'Ctrl-C', keys: '\x03', text: 'Ctrl-C' },
  { label: 'Ctrl-D', keys: '\x04', text: 'Ctrl-D' },
  { label: 'Previous line', keys: '\x1b[A', icon: 'up' },
  { label: 'Next line', keys: '\x1b[B', icon: 'down' },
  { label: 'Left', keys: '\x1b[D', icon: 'left' },
  { label: 'Right', keys: '\x1b[C', icon: 'right' },
];

/** A row of the keys that a phone's keyboard lacks. The style sheet shows it where the pointer is a finger. */
export function touchKeys(onKeys: (keys: string) => void): HTMLElement {
  const buttons = KEYS.map((key) => {
    const button = element(
      'button',
      { type: 'button', 'aria-label': key.label, click: () => onKeys(key.keys) },
      key.icon ? icon(key.icon) : (key.text ?? key.label),
    );
    // The focus stays in the terminal, or the phone would take its keyboard away.
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    return button;
  });
  return element('div', { class: 'rt-keys', role: 'group', 'aria-label': 'Keys' }, ...buttons);
}
