import { element } from '../dom/element.ts';
import { readDirective, writeDirective } from './server-config.ts';

interface Option {
  name: string;
  about: string;
  /** The values to choose from; without them any text is allowed. */
  values?: readonly string[];
  hint?: string;
}

const OPTIONS: readonly Option[] = [
  { name: 'maxmemory', about: 'Memory for data', hint: '256mb, or 0 for no limit' },
  {
    name: 'maxmemory-policy',
    about: 'What is evicted when it is full',
    values: [
      'noeviction',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
    ],
  },
  { name: 'appendonly', about: 'Append-only file', values: ['yes', 'no'] },
  { name: 'appendfsync', about: 'When it is synced to disk', values: ['always', 'everysec', 'no'] },
  { name: 'save', about: 'Snapshots: seconds and changes', hint: '3600 1 300 100, or empty for none' },
  { name: 'databases', about: 'Number of databases' },
  { name: 'enable-debug-command', about: 'DEBUG', values: ['yes', 'local', 'no'] },
];

/**
 * Shows the options of a configuration in a dialog. Resolves with the configuration as changed, or undefined if the
 * reader cancels.
 */
export function askOptions(config: string): Promise<string | undefined> {
  const fields = OPTIONS.map((option) => ({ option, input: field(option, readDirective(config, option.name) ?? '') }));
  const rows = fields.map(({ option, input }) =>
    element(
      'label',
      { class: 'pg-row' },
      element('span', {}, option.about, element('code', {}, option.name)),
      input,
      ...(option.hint === undefined ? [] : [element('small', {}, option.hint)]),
    ),
  );
  const dialog = element('dialog', { class: 'pg-dialog', 'aria-labelledby': 'pg-options' });
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { id: 'pg-options' }, 'Server options'),
    element('p', {}, 'They are written to redis.conf, and the server is restarted with it. Your keys stay.'),
    ...rows,
    element(
      'div',
      { class: 'pg-buttons' },
      element('button', { value: 'apply', class: 'pg-primary' }, 'Save and restart'),
      element('button', { value: 'cancel', formnovalidate: true }, 'Cancel'),
    ),
  );
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (dialog.returnValue !== 'apply') resolve(undefined);
      else
        resolve(
          fields.reduce(
            (changed, { option, input }) => writeDirective(changed, option.name, input.value.trim()),
            config,
          ),
        );
    });
  });
}

function field({ name, values }: Option, value: string): HTMLInputElement | HTMLSelectElement {
  if (!values) return element('input', { name, value, autocomplete: 'off', spellcheck: 'false' });
  const choices = values.map((choice) => element('option', { value: choice, selected: choice === value }, choice));
  return element('select', { name }, ...choices);
}
