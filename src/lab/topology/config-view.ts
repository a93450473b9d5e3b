import { element } from '../../dom/element.ts';
import { MachineError } from '../../../wasm-redis/machine.ts';
import { NodeConnection } from '../ask.ts';
import type { NodeView } from '../lab-view.ts';
import { errorOf, readPairs } from '../read-fields.ts';
import type { WatchedLab } from '../watch-lab.ts';
import type { DetailView } from './node-details.ts';

/** The settings that a server runs with, by CONFIG GET, and the file that it is started with. */
export class ConfigView implements DetailView {
  readonly name = 'Config';
  readonly root = element('div');
  readonly #said = element('p', { role: 'status' });
  readonly #settings = element('div', { class: 'tp-stack' });
  readonly #file = element('div', { class: 'tp-stack' });
  #asked = false;
  #turn = 0;

  begin(_node: NodeView): void {
    this.#asked = false;
    this.#turn++;
    this.#said.textContent = '';
    this.#settings.replaceChildren();
    this.#file.replaceChildren();
    this.root.replaceChildren(this.#said, this.#file, this.#settings);
  }

  /** Asks once: settings change when somebody changes them, and what is being typed must not be taken away. */
  look(watched: WatchedLab, node: NodeView): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#load(watched, node, this.#turn);
  }

  close(): void {
    this.#turn++;
  }

  async #load(watched: WatchedLab, node: NodeView, turn: number): Promise<void> {
    const path = configPath(watched, node);
    const text = path === undefined ? undefined : await readText(watched, path);
    const settings = node.kind === 'server' ? await askSettings(watched, node) : undefined;
    if (turn !== this.#turn) return;
    if (path !== undefined && text !== undefined) this.#showFile(watched, path, text, node.kind === 'server');
    if (node.kind === 'server') this.#showSettings(watched, node, settings);
  }

  #showFile(watched: WatchedLab, path: string, text: string, editable: boolean): void {
    const area = element('textarea', {
      class: 'lp-text tp-text',
      rows: '10',
      spellcheck: 'false',
      autocapitalize: 'off',
    });
    area.value = text;
    area.readOnly = !editable;
    const save = async (): Promise<void> => {
      try {
        await watched.lab.machine.writeFile(path, new TextEncoder().encode(area.value));
        this.#said.textContent = `Saved. The server reads ${path} the next time it starts.`;
      } catch (error) {
        if (!(error instanceof MachineError)) throw error;
        this.#said.textContent = `Not saved: ${error.message}`;
      }
    };
    const note = editable ? '' : ', which Sentinel rewrites itself';
    this.#file.replaceChildren(
      element('label', {}, element('span', { class: 'tp-label' }, `${path}${note}`), area),
      ...(editable
        ? [
            element(
              'div',
              { class: 'tp-row' },
              element('button', { type: 'button', class: 'lp-button', click: () => void save() }, 'Save'),
            ),
          ]
        : []),
    );
  }

  #showSettings(watched: WatchedLab, node: NodeView, settings: ReadonlyMap<string, string> | string | undefined): void {
    const again = element(
      'button',
      {
        type: 'button',
        class: 'lp-button',
        click: () => {
          void askSettings(watched, node).then((found) => this.#showSettings(watched, node, found));
        },
      },
      'Ask again',
    );
    if (settings === undefined || typeof settings === 'string') {
      const words = settings === undefined ? `${node.name} does not answer.` : `${node.name} answers: ${settings}`;
      this.#settings.replaceChildren(element('p', {}, words), again);
      return;
    }
    const rows = [...settings]
      .sort()
      .map(([name, value]) => element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)));
    const filter = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    const found = element('span', { role: 'status' }, `${rows.length} settings`);
    filter.addEventListener('input', () => {
      const wanted = filter.value.trim().toLowerCase();
      for (const row of rows) row.hidden = !(row.textContent ?? '').toLowerCase().includes(wanted);
      found.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} settings`;
    });
    this.#settings.replaceChildren(
      element(
        'div',
        { class: 'tp-row' },
        element('label', {}, element('span', { class: 'tp-label' }, 'Settings containing'), filter),
        found,
        again,
      ),
      element(
        'div',
        {
          class: 'lp-scroll tp-scroll tp-high',
          tabindex: '0',
          role: 'region',
          'aria-label': `CONFIG GET * of ${node.name}`,
        },
        element(
          'table',
          {},
          element('caption', { class: 'sr-only' }, `CONFIG GET * of ${node.name}`),
          element('tbody', {}, ...rows),
        ),
      ),
    );
  }
}

/** The file of a node of the lab that was started with one; of a process that a shell has started it is not known. */
function configPath({ lab }: WatchedLab, { name, kind }: NodeView): string | undefined {
  const node = lab.nodes.find((other) => other.name === name);
  if (!node || node.description.args) return undefined;
  return `${node.folder}/${kind === 'server' ? 'redis.conf' : 'sentinel.conf'}`;
}

async function readText({ lab }: WatchedLab, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await lab.machine.readFile(path));
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    return undefined;
  }
}

/** CONFIG GET *; an error in the server's words; undefined without an answer. */
async function askSettings(
  { lab }: WatchedLab,
  { name, host, port }: NodeView,
): Promise<ReadonlyMap<string, string> | string | undefined> {
  const password = lab.nodes.find((other) => other.name === name)?.description.options['requirepass'];
  const connection = new NodeConnection(
    lab.machine,
    { host, port },
    { name: 'panel-topology', ...(password === undefined ? {} : { password }) },
  );
  const reply = await connection.ask('CONFIG', 'GET', '*');
  connection.close();
  return reply === undefined ? undefined : (errorOf(reply) ?? readPairs(reply));
}
