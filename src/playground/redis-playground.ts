import type { Machine } from '../../wasm-redis/machine.ts';
import type { SavingState } from '../../wasm-redis/worker/boundary.ts';
import { configurePageMachine, pageMachine, resetPageMachine, savePageMachine } from '../machine/page-machine.ts';
import {
  bootServer,
  CONFIG_FILE,
  keepFiles,
  loadDump,
  PLAYGROUND,
  readText,
  restoreFiles,
  saveDump,
  startServer,
  stopServers,
  writeText,
  type KeptFile,
} from './server.ts';

/** A machine that does not answer in this time is stuck; a reset then cannot keep what was in it. */
const KEEP_PATIENCE_MS = 2000;

/**
 * `<redis-playground>`: the buttons around the playground's terminal. Its machine is kept in the browser's storage, its
 * server is configured by `/data/redis.conf`. What replaces data can be undone until something else is done.
 */
export class RedisPlayground extends HTMLElement {
  /** Counts what is done, so that something that another has replaced says no more. */
  #turn = 0;

  connectedCallback(): void {
    configurePageMachine({
      saveAs: `redis-playground ${import.meta.env.BASE_URL}`,
      topology: PLAYGROUND,
      boot: bootServer,
      onSaving: (state) => this.#showSaving(state),
    });
    this.#onPress('restart', (machine) => this.#restart(machine));
    this.#onPress('options', (machine) => this.#changeOptions(machine));
    this.#onPress('download', (machine) => this.#download(machine));
    this.querySelector('[data-do="load"]')?.addEventListener('click', () => this.#fileInput.click());
    // Does not wait for what is being done: on a machine that is stuck that would be for ever.
    this.querySelector('[data-do="reset"]')?.addEventListener('click', () => {
      void this.#run('Resetting', () => this.#reset(), true);
    });
    this.#fileInput.addEventListener('change', () => {
      const [file] = this.#fileInput.files ?? [];
      if (file) void this.#run(`Loading ${file.name}`, async () => this.#load(await pageMachine(), file));
      this.#fileInput.value = '';
    });
  }

  /** Writes at once what would be written a moment later. Resolves when it is in the browser's storage. */
  save(): Promise<void> {
    return savePageMachine();
  }

  get #fileInput(): HTMLInputElement {
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) throw new Error('<redis-playground> has lost its file input');
    return input;
  }

  #onPress(name: string, act: (machine: Machine) => Promise<void>): void {
    const button = this.querySelector(`[data-do="${name}"]`);
    button?.addEventListener('click', () => void this.#run('Working', async () => act(await pageMachine())));
  }

  /** Does something and says how it went; one thing at a time, or in the place of what is being done. */
  async #run(saying: string, act: () => Promise<void>, atOnce = false): Promise<void> {
    if (this.hasAttribute('aria-busy') && !atOnce) return;
    const turn = ++this.#turn;
    this.setAttribute('aria-busy', 'true');
    this.#say(saying);
    try {
      await act();
    } catch (error) {
      if (turn === this.#turn) this.#say(error instanceof Error ? error.message : String(error), { failed: true });
    } finally {
      if (turn === this.#turn) this.removeAttribute('aria-busy');
    }
  }

  async #restart(machine: Machine): Promise<void> {
    await stopServers(machine);
    await startServer(machine);
    this.#say('The server was restarted.');
  }

  async #changeOptions(machine: Machine): Promise<void> {
    const { askOptions } = await import('./options-dialog.ts');
    this.#say('');
    const before = await readText(machine, CONFIG_FILE);
    const config = await askOptions(before);
    if (config === undefined || config === before) return;
    await stopServers(machine);
    await writeText(machine, CONFIG_FILE, config);
    try {
      await startServer(machine);
      this.#say('The server was restarted with the new options.');
    } catch (error) {
      await writeText(machine, CONFIG_FILE, before);
      await startServer(machine);
      throw error;
    }
  }

  async #download(machine: Machine): Promise<void> {
    const dump = await saveDump(machine);
    const url = URL.createObjectURL(new Blob([dump as Uint8Array<ArrayBuffer>]));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'dump.rdb' });
    link.click();
    // The browser has begun to read it once the click returns to the event loop.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.#say(`dump.rdb, ${String(dump.byteLength)} bytes.`);
  }

  async #load(machine: Machine, file: File): Promise<void> {
    const dump = new Uint8Array(await file.arrayBuffer());
    if (new TextDecoder().decode(dump.subarray(0, 5)) !== 'REDIS') {
      throw new Error(
        `${file.name} is not a Redis dump: it does not begin with “REDIS”. Choose a file that SAVE or BGSAVE wrote.`,
      );
    }
    const kept = await keepFiles(machine);
    const undo = (): void => this.#undo(machine, kept);
    try {
      await loadDump(machine, dump);
      this.#say(`${file.name} has replaced the data that was there.`, { undo });
    } catch (error) {
      await restoreFiles(machine, kept);
      throw error;
    }
  }

  async #reset(): Promise<void> {
    const kept = await this.#keepIfPossible();
    const machine = await resetPageMachine();
    if (kept) this.#say('A fresh machine.', { undo: () => this.#undo(machine, kept) });
    else this.#say('A fresh machine.');
  }

  /** Undefined if the machine is stuck or has failed. */
  async #keepIfPossible(): Promise<KeptFile[] | undefined> {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), KEEP_PATIENCE_MS));
    const kept = pageMachine().then(keepFiles, () => undefined);
    return Promise.race([kept, late]);
  }

  #undo(machine: Machine, kept: readonly KeptFile[]): void {
    void this.#run('Undoing', async () => {
      await restoreFiles(machine, kept);
      await savePageMachine();
      this.#say('Everything is as it was before.');
    });
  }

  #say(text: string, { undo, failed = false }: { undo?: () => void; failed?: boolean } = {}): void {
    const place = this.querySelector<HTMLElement>('.pg-said');
    if (!place) return;
    place.replaceChildren(text);
    place.classList.toggle('failed', failed);
    if (!undo) return;
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Undo' });
    button.addEventListener('click', () => undo());
    place.append(' ', button);
  }

  #showSaving(state: SavingState): void {
    const place = this.querySelector('.pg-saving');
    if (!place) return;
    const texts = {
      saved: 'Saved in this browser',
      'other-tab': 'Open in another tab, so nothing is saved here',
    };
    place.textContent = state.kind === 'failed' ? state.message : texts[state.kind];
    place.classList.toggle('failed', state.kind !== 'saved');
  }
}

customElements.define('redis-playground', RedisPlayground);
