import { element } from '../../../dom/element.ts';
import { escaped, idOf } from '../bytes.ts';
import type { Command } from '../command-text.ts';
import { deleteKey, LARGEST_COPY_BYTES, restoreCommand } from '../deletion.ts';
import { conflictWords } from '../key-edit.ts';
import { size } from '../key-facts.ts';
import { accept } from '../reply.ts';
import { FormError } from '../values/string.ts';
import { button, bytesTyped, field, form, line } from './field.ts';
import type { KeyView } from './key-view.ts';

/** What can be done with a key of any type: its time to live, its name, its end. */
export class KeyActions {
  readonly root: HTMLElement;
  readonly #view: KeyView;
  readonly #persist: HTMLButtonElement;

  constructor(view: KeyView) {
    this.#view = view;
    const seconds = line({ inputmode: 'numeric', size: '8' });
    const expire = async (): Promise<void> => {
      const build = (): Command[] => [['EXPIRE', view.key, wholeNumber(seconds)]];
      if (await view.edit(build)) seconds.value = '';
    };
    this.#persist = button('Never expire', () => void view.edit(() => [['PERSIST', view.key]]));
    const name = line();
    const nameField = field('New name', name);
    const rename = form('Rename', 'Rename', () => void this.#rename(name), nameField);
    const expiry = form('Time to live', 'Set', () => void expire(), field('Expire in seconds', seconds));
    expiry.append(this.#persist);
    const remove = button('Delete', () => void this.#delete(true), { class: 'rk-danger' });
    const again = button('Load again', () => view.reload());
    this.root = element(
      'div',
      { class: 'rk-keyactions' },
      element('div', { class: 'rk-form' }, again, remove),
      element('details', {}, element('summary', {}, 'Expire, rename'), expiry, rename),
    );
  }

  /** Whether there is a time to live to be taken away. */
  showTtl(expires: boolean): void {
    this.#persist.hidden = !expires;
  }

  async #rename(name: HTMLInputElement, replace = false): Promise<void> {
    const { key, log, listener, id } = this.#view;
    let to: Uint8Array = key;
    let taken = false;
    const command = (): Command => [replace ? 'RENAME' : 'RENAMENX', key, to];
    const done = await this.#view.edit(
      () => {
        to = bytesTyped(name);
        return [command()];
      },
      ([reply]) => {
        taken = reply?.kind === 'integer' && reply.value === 0;
        return '';
      },
    );
    if (!done) return;
    if (taken) {
      const words = `A key ${escaped(to)} already exists, so RENAMENX answered 0 and renamed nothing. RENAME would replace that key.`;
      const remedy = { label: 'Replace it with RENAME', act: () => void this.#rename(name, true) };
      log.refused(words, [command()], [remedy]);
    } else listener.onRenamed(id, idOf(to));
  }

  async #delete(copy: boolean): Promise<void> {
    const { id, space, log, listener, memoryBytes } = this.#view;
    if (copy && memoryBytes > LARGEST_COPY_BYTES) {
      const words = `The key takes ${size(memoryBytes)}. The page keeps no copy of that size, so this cannot be undone.`;
      log.say(words, [{ label: 'Delete it for good', act: () => void this.#delete(false) }]);
      return;
    }
    try {
      const { outcome, deleted } = await deleteKey(space, id, { copy });
      if (outcome.kind === 'conflict') {
        log.refused(conflictWords('', outcome.type), outcome.commands, []);
        return;
      }
      const undo = async (): Promise<void> => {
        if (!deleted) return;
        const command = restoreCommand(deleted);
        try {
          const [reply] = (await space.ask(id, [command])).replies;
          log.ran([command], [accept(reply)], 'The bytes are those that DUMP returned before.');
          listener.onMade(id);
        } catch (error) {
          log.failed(error, [command]);
        }
      };
      log.ran(outcome.commands, outcome.replies, '', deleted ? [{ label: 'Undo', act: () => void undo() }] : []);
      listener.onGone(id);
    } catch (error) {
      log.failed(error, [['UNLINK', this.#view.key]]);
    }
  }
}

function wholeNumber(input: HTMLInputElement): number {
  const value = Number(input.value.trim());
  if (Number.isSafeInteger(value) && value > 0) return value;
  input.focus();
  throw new FormError(`Expected a whole number of seconds greater than 0, found ${JSON.stringify(input.value)}.`);
}
