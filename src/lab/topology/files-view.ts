import { element } from '../../dom/element.ts';
import { type FileInfo, type Machine, MachineError } from '../../../wasm-redis/machine.ts';
import type { NodeView } from '../lab-view.ts';
import { clockWords } from '../timeline/clock-words.ts';
import type { WatchedLab } from '../watch-lab.ts';
import { hexDump } from './hex-dump.ts';
import type { DetailView } from './node-details.ts';

const PAGE_BYTES = 512;

/** The files below a node's folder, and the bytes of one of them, a page at a time. */
export class FilesView implements DetailView {
  readonly name = 'Files';
  readonly root = element('div');
  readonly #list = element('tbody');
  readonly #bytes = element('div', { class: 'tp-stack' });
  #files: readonly FileInfo[] = [];
  #machine: Machine | undefined;
  #folder = '';

  begin({ name, folder }: NodeView): void {
    this.#files = [];
    this.#folder = folder ?? '';
    this.#bytes.replaceChildren();
    this.#list.replaceChildren();
    const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
    this.root.replaceChildren(
      element(
        'div',
        { class: 'lp-scroll tp-scroll', tabindex: '0', role: 'region', 'aria-label': `Files of ${name}` },
        element(
          'table',
          {},
          element(
            'caption',
            {},
            folder === undefined ? 'Its folder is not known: it has not answered.' : `In ${folder}`,
          ),
          element('thead', {}, element('tr', {}, heading('File'), heading('Bytes'), heading('Changed'))),
          this.#list,
        ),
      ),
      this.#bytes,
    );
  }

  look({ lab: { machine } }: WatchedLab, { folder }: NodeView): void {
    this.#machine = machine;
    if (folder !== undefined) void this.#refresh(machine, folder).catch(tolerateEnd);
  }

  close(): void {
    this.#machine = undefined;
  }

  async #refresh(machine: Machine, folder: string): Promise<void> {
    this.#folder = folder;
    const files = await machine.listFiles(folder);
    if (machine !== this.#machine || JSON.stringify(files) === JSON.stringify(this.#files)) return;
    this.#files = files;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement?.textContent : undefined;
    this.#list.replaceChildren(...files.map((file) => this.#row(file)));
    for (const button of this.#list.querySelectorAll('button')) if (button.textContent === focused) button.focus();
  }

  #row({ path, sizeBytes, modifiedMs }: FileInfo): HTMLElement {
    const show = (): void => void this.#showBytes(path, 0).catch(tolerateEnd);
    const name = path.slice(this.#folder.length).replace(/^\//, '');
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('button', { type: 'button', class: 'tp-link', click: show }, name)),
      element('td', {}, String(sizeBytes)),
      element('td', {}, clockWords(modifiedMs)),
    );
  }

  async #showBytes(path: string, from: number): Promise<void> {
    const machine = this.#machine;
    if (!machine) return;
    const bytes = await machine.readFile(path);
    const end = Math.min(bytes.length, from + PAGE_BYTES);
    const turn = (label: string, to: number): HTMLButtonElement => {
      const button = element(
        'button',
        { type: 'button', class: 'lp-button', click: () => void this.#showBytes(path, to).catch(tolerateEnd) },
        label,
      );
      button.disabled = to < 0 || to >= bytes.length;
      return button;
    };
    const label = `${path}, bytes ${from} to ${end} of ${bytes.length}`;
    this.#bytes.replaceChildren(
      element('p', { role: 'status' }, bytes.length === 0 ? `${path} is empty.` : label),
      element(
        'pre',
        { class: 'lp-text tp-text tp-hex', tabindex: '0', role: 'region', 'aria-label': label },
        hexDump(bytes.subarray(from, end), from),
      ),
      element(
        'div',
        { class: 'tp-row' },
        turn('First', from === 0 ? -1 : 0),
        turn('Previous', from - PAGE_BYTES),
        turn('Next', from + PAGE_BYTES),
        turn('Last', end === bytes.length ? -1 : Math.floor((bytes.length - 1) / PAGE_BYTES) * PAGE_BYTES),
      ),
    );
  }
}

/** A file that is gone by now is missing in the next list; a machine that is gone takes the panel's lab with it. */
function tolerateEnd(error: unknown): void {
  if (!(error instanceof MachineError)) throw error;
}
