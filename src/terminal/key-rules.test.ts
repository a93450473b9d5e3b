import { expect, test } from 'vitest';
import { KeyRules } from './key-rules.ts';

type Key = Partial<Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'shiftKey' | 'metaKey' | 'altKey' | 'timeStamp' | 'type'>>;

/** What is done about each of some keys, pressed one after the other. */
function press(keys: readonly Key[], hasSelection = false): string[] {
  const rules = new KeyRules();
  return keys.map((key) => {
    const event = {
      type: 'keydown',
      timeStamp: 0,
      ctrlKey: false,
      shiftKey: false,
      metaKey: false,
      altKey: false,
      ...key,
    };
    const { rule, escapeFirst } = rules.rule(event as KeyboardEvent, hasSelection);
    return escapeFirst ? `escape, ${rule}` : rule;
  });
}

test('Tab is typed; Shift-Tab is the browser’s', () => {
  expect(press([{ key: 'Tab' }, { key: 'Tab', shiftKey: true }])).toEqual(['type', 'browser']);
});

test('Escape waits for the next key: Tab leaves, anything else is typed after it', () => {
  expect(press([{ key: 'Escape' }, { key: 'Tab' }])).toEqual(['hold', 'browser']);
  expect(press([{ key: 'Escape' }, { key: 'x' }])).toEqual(['hold', 'escape, type']);
  expect(press([{ key: 'Escape' }, { key: 'Escape' }])).toEqual(['hold', 'escape, hold']);
});

test('an Escape that nothing followed is forgotten', () => {
  expect(press([{ key: 'Escape' }, { key: 'Tab', timeStamp: 5000 }])).toEqual(['hold', 'type']);
});

test('a modifier alone is not the next key', () => {
  expect(press([{ key: 'Escape' }, { key: 'Shift', shiftKey: true }, { key: 'Tab', shiftKey: true }])).toEqual([
    'hold',
    'type',
    'browser',
  ]);
});

test('Ctrl-C copies what is selected, and interrupts without a selection', () => {
  expect(press([{ key: 'c', ctrlKey: true }])).toEqual(['type']);
  expect(press([{ key: 'c', ctrlKey: true }], true)).toEqual(['copy']);
  expect(
    press([
      { key: 'C', ctrlKey: true, shiftKey: true },
      { key: 'c', metaKey: true },
    ]),
  ).toEqual(['copy', 'copy']);
});

test('Ctrl-V, Ctrl-Shift-V and Cmd-V are the browser’s, which pastes', () => {
  expect(
    press([
      { key: 'v', ctrlKey: true },
      { key: 'V', ctrlKey: true, shiftKey: true },
      { key: 'v', metaKey: true },
    ]),
  ).toEqual(['browser', 'browser', 'browser']);
});

test('releasing a key does nothing of its own', () => {
  expect(press([{ key: 'c', ctrlKey: true, type: 'keyup' }], true)).toEqual(['type']);
});
