import { element } from '../dom/element.ts';
import css from './edit-dialog.css?inline';
import { adoptStyles } from './strict-styles.ts';

let dialogs = 0;

/** Shows a text in a dialog with Save and Cancel. Resolves with the text as changed, or undefined at Cancel or Escape. */
export function editText(name: string, text: string): Promise<string | undefined> {
  adoptStyles(css);
  const id = `rt-edit-${String(++dialogs)}`;
  const area = element('textarea', {
    class: 'rt-edit-text',
    'aria-labelledby': id,
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    wrap: 'off',
  });
  area.value = text;
  const dialog = element(
    'dialog',
    { class: 'rt-edit', 'aria-labelledby': id },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id }, name),
      area,
      element(
        'div',
        { class: 'rt-edit-buttons' },
        element('button', { value: 'save', class: 'rt-edit-save' }, 'Save'),
        element('button', { value: 'cancel' }, 'Cancel'),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  area.focus();
  area.setSelectionRange(0, 0);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'save' ? area.value : undefined);
    });
  });
}
