import { element } from '../dom/element.ts';
import { sayIfRefused } from '../progress/store.ts';
import { ENTRY_PARTS, PART_LABELS } from './entry.ts';
import type { EntryText } from './log.ts';

let forms = 0;

/** What an entry's form is given. */
export interface EntryFormOptions {
  /** What stands in it at first. */
  text: EntryText;
  /** Where there is a terminal: gives what is in it. Without it nothing can be attached. */
  terminalText?: () => Promise<string>;
  /** Keeps the entry; the form says so if that fails. */
  save: (text: EntryText) => Promise<void>;
  cancel: () => void;
}

/** A form for an entry of the learning log. An entry without a word in it is not saved. */
export function entryForm({ text, terminalText, save, cancel }: EntryFormOptions): HTMLFormElement {
  const id = `rm-entry-${++forms}`;
  const fields = ENTRY_PARTS.map((part) => {
    const area = element('textarea', { name: part, id: `${id}-${part}`, rows: '2' });
    area.value = text[part] ?? '';
    return { part, area };
  });
  let terminal = text.terminal ?? '';
  const attached = element('div', {});
  const said = element('span', { role: 'status' });
  const showTerminal = (): void => {
    attached.replaceChildren(
      ...(terminal === ''
        ? []
        : [
            element('pre', { tabindex: '0', 'aria-label': 'Attached terminal' }, terminal),
            element('button', { type: 'button', class: 'rm-button', click: () => attach('') }, 'Remove the terminal'),
          ]),
    );
  };
  const attach = (found: string): void => {
    terminal = found;
    showTerminal();
  };
  const offerTerminal = async (): Promise<void> => {
    const found = (await terminalText?.()) ?? '';
    if (found !== '') attach(found);
    said.textContent =
      found === '' ? 'The terminal of this page is still empty: open it and type something first.' : 'Attached.';
  };
  const read = (): EntryText => ({
    ...Object.fromEntries(fields.map(({ part, area }) => [part, area.value.trim()])),
    terminal,
  });
  const submit = async (): Promise<void> => {
    const written = read();
    if (Object.values(written).every((value) => value === '')) {
      said.textContent = 'Nothing to save yet: fill in at least one field.';
      fields[0]?.area.focus();
      return;
    }
    await sayIfRefused(
      'it',
      (text) => (said.textContent = text),
      () => save(written),
    );
  };
  showTerminal();
  return element(
    'form',
    {
      class: 'rm-entry',
      'aria-label': 'Learning log entry',
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    ...fields.map(({ part, area }) => element('label', { for: area.id }, PART_LABELS[part], area)),
    attached,
    element(
      'p',
      { class: 'rm-buttons' },
      element('button', { class: 'rm-button rm-primary' }, 'Save'),
      ...(terminalText
        ? [
            element(
              'button',
              { type: 'button', class: 'rm-button', click: () => void offerTerminal() },
              'Attach the terminal',
            ),
          ]
        : []),
      element('button', { type: 'button', class: 'rm-button', click: () => cancel() }, 'Cancel'),
      said,
    ),
  );
}
