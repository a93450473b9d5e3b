import { element } from '../../../dom/element.ts';
import { size } from '../key-facts.ts';
import { CHUNK_BYTES } from '../page-size.ts';
import { bytesIn, numberIn } from '../reply.ts';
import { looksLikeHyperLogLog } from '../values/hyperloglog.ts';
import {
  hasEscapes,
  looksLikeJson,
  readString,
  showString,
  STRING_FORMS,
  stringCommands,
  type StringForm,
  writeString,
} from '../values/string.ts';
import { BitmapView } from './bitmap-view.ts';
import { button, field, select } from './field.ts';
import { HyperLogLogView } from './hyperloglog-view.ts';
import { Pager } from './item-table.ts';
import type { OpenKey, ValueView } from './value-view.ts';

const SHAPES = [...STRING_FORMS, 'bitmap', 'HyperLogLog'] as const;
type Shape = (typeof SHAPES)[number];

/** A string as text, JSON, hexadecimal digits or bits, in a field that can be edited; as a bitmap; as a HyperLogLog. */
export class StringView implements ValueView {
  readonly root = element('div', { class: 'rk-value' });
  readonly #open: OpenKey;
  readonly #shape = select(SHAPES.map((shape) => [shape, shape]));
  readonly #text = element('textarea', { rows: '8', spellcheck: 'false', autocomplete: 'off', 'aria-label': 'Value' });
  readonly #note = element('p', { class: 'rk-note' });
  readonly #editor: HTMLElement;
  readonly #pager: Pager;
  #other: ValueView | undefined;
  #chosen = false;
  #from = 0;
  #was = new Uint8Array();
  #length = 0;
  #shownText = '';

  constructor(open: OpenKey) {
    this.#open = open;
    this.#pager = new Pager(
      () => this.#turn(0),
      () => this.#turn(this.#from + CHUNK_BYTES),
    );
    const save = button('Save', () => void this.#save());
    const undo = button('Discard changes', () => this.#show());
    const buttons = element('div', { class: 'rk-form' }, save, undo);
    this.#editor = element('div', {}, this.#pager.root, this.#text, this.#note, buttons);
    this.#shape.addEventListener('change', () => {
      this.#chosen = true;
      open.reload();
    });
    this.root.append(field('Show as', this.#shape), this.#editor);
  }

  get editing(): boolean {
    return this.#other ? this.#other.editing : this.#text.value !== this.#shownText;
  }

  async load(): Promise<void> {
    const [length, piece] = await this.#open.read(stringCommands(this.#open.key, this.#from));
    this.#length = numberIn(length);
    this.#was = new Uint8Array(bytesIn(piece));
    if (this.#from > 0 && this.#from >= this.#length) {
      this.#from = 0;
      return this.load();
    }
    if (!this.#chosen && this.#from === 0) this.#shape.value = likelyShape(this.#was, this.#length);
    await this.#showShape(this.#shape.value as Shape);
  }

  async #showShape(shape: Shape): Promise<void> {
    const wanted = shape === 'bitmap' ? BitmapView : shape === 'HyperLogLog' ? HyperLogLogView : undefined;
    if (!wanted || !(this.#other instanceof wanted)) {
      this.#other?.root.remove();
      this.#other = wanted && new wanted(this.#open);
      if (this.#other) this.root.append(this.#other.root);
    }
    this.#editor.hidden = wanted !== undefined;
    if (this.#other) await this.#other.load();
    else this.#show();
  }

  #show(): void {
    const form = this.#shape.value as StringForm;
    this.#text.value = showString(this.#was, form);
    // As the field has taken it, to know later whether it was changed.
    this.#shownText = this.#text.value;
    this.#text.removeAttribute('aria-invalid');
    const end = this.#from + this.#was.length;
    const whole = this.#was.length === this.#length;
    this.#pager.show(
      whole
        ? `${this.#length.toLocaleString('en')} bytes`
        : `bytes ${this.#from.toLocaleString('en')} to ${(end - 1).toLocaleString('en')} of ${size(this.#length)}`,
      this.#from === 0,
      end >= this.#length,
    );
    this.#note.textContent = this.#noteFor(form, whole);
  }

  #noteFor(form: StringForm, whole: boolean): string {
    const piece = whole ? '' : 'Only this piece was fetched; saving overwrites it with the same number of bytes. ';
    if (form === 'text' && hasEscapes(this.#was)) {
      return `${piece}Not plain text: \\xHH is a byte, \\n a line feed, \\\\ a backslash.`;
    }
    if (form === 'JSON' && !whole) return `${piece}JSON can be checked only when all of it is shown.`;
    return form === 'JSON' ? 'Checked, and saved without the spaces between values.' : piece;
  }

  async #save(): Promise<void> {
    const form = this.#shape.value as StringForm;
    const typed = this.#text.value;
    await this.#open.edit(() => {
      const unchanged = typed === this.#shownText;
      const bytes = unchanged ? this.#was : this.#read(typed, form);
      const piece = { was: this.#was, from: this.#from, length: this.#length };
      return [writeString(this.#open.key, bytes, piece)];
    });
  }

  #read(typed: string, form: StringForm): Uint8Array {
    this.#text.removeAttribute('aria-invalid');
    try {
      return readString(typed, form, hasEscapes(this.#was));
    } catch (error) {
      this.#text.setAttribute('aria-invalid', 'true');
      this.#text.focus();
      throw error;
    }
  }

  #turn(from: number): void {
    if (from >= this.#length && from > 0) return;
    this.#from = from;
    this.#open.reload();
  }
}

function likelyShape(beginning: Uint8Array, length: number): Shape {
  if (looksLikeHyperLogLog(beginning, length)) return 'HyperLogLog';
  return beginning.length === length && looksLikeJson(beginning) ? 'JSON' : 'text';
}
