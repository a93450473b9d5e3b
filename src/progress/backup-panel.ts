import { element } from '../dom/element.ts';
import { saveFile } from '../dom/save-file.ts';
import { glanceRoute, pageCourse } from '../paths/page-course.ts';
import type { AllFacts } from './facts.ts';
import { refreshGlance } from './glance.ts';
import { forgetDevice } from './visits.ts';
import { mergeIn, readAll, replaceAll, sayIfRefused } from './store.ts';
import { inWords, summarise } from './summary.ts';

/** `<backup-panel>`: everything as a file, a file back, and everything deleted; the last two can be taken back. */
class BackupPanel extends HTMLElement {
  connectedCallback(): void {
    const file = this.querySelector<HTMLInputElement>('input[type=file]');
    this.querySelector('[data-do=export]')?.addEventListener('click', () => void this.#try(() => this.#export()));
    this.querySelector('[data-do=import]')?.addEventListener('click', () => file?.click());
    this.querySelector('[data-do=wipe]')?.addEventListener('click', () => void this.#try(() => this.#askWipe()));
    file?.addEventListener('change', () => {
      const [chosen] = file.files ?? [];
      if (chosen) void this.#try(() => this.#askImport(chosen));
      // The same file can be chosen again.
      file.value = '';
    });
  }

  async #export(): Promise<void> {
    const { writeBackup } = await import('./backup.ts');
    const now = Date.now();
    const all = await readAll();
    saveFile(
      `redis-mastery-${new Date(now).toISOString().slice(0, 10)}.json`,
      'application/json',
      writeBackup(all, now),
    );
    this.#say(`Exported: ${inWords(summarise(all, now))}.`);
  }

  async #askImport(file: File): Promise<void> {
    const { BackupError, readBackup } = await import('./backup.ts');
    let found: AllFacts;
    try {
      found = readBackup(await file.text());
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      this.#say(`${error.message} Nothing was changed.`);
      return;
    }
    const now = Date.now();
    const here = await readAll();
    this.#say(
      `${file.name}: ${inWords(summarise(found, now))}. In this browser: ${inWords(summarise(here, now))}.`,
      ['Merge: keep both, and the later of two versions', () => this.#change('Merged.', () => mergeIn(found))],
      ['Replace what is in this browser', () => this.#change('Replaced.', () => replaceAll(found))],
      ['Cancel', async () => this.#say('Nothing was changed.')],
    );
  }

  async #askWipe(): Promise<void> {
    const all = await readAll();
    this.#say(
      `Delete all progress and the whole learning log in this browser (${inWords(summarise(all, Date.now()))})?`,
      [
        'Delete everything',
        () =>
          this.#change('Everything was deleted.', async () => {
            await replaceAll(new Map());
            forgetDevice();
          }),
      ],
      ['Cancel', async () => this.#say('Nothing was changed.')],
    );
  }

  /** Changes everything at once, and offers to take that back. */
  async #change(done: string, change: () => Promise<void>): Promise<void> {
    const before = await readAll();
    await change();
    await refresh();
    this.#say(done, [
      'Undo',
      async () => {
        await replaceAll(before);
        await refresh();
        this.#say('Everything is as it was before.');
      },
    ]);
  }

  #try(act: () => Promise<void>): Promise<void> {
    return sayIfRefused('anything', (text) => this.#say(text), act);
  }

  #say(text: string, ...choices: [label: string, act: () => Promise<void>][]): void {
    const place = this.querySelector('.bp-said');
    const buttons = choices.map(([label, act]) =>
      element('button', { type: 'button', class: 'rm-button', click: () => void this.#try(act) }, label),
    );
    place?.replaceChildren(
      element('p', {}, text),
      ...(buttons.length > 0 ? [element('p', { class: 'bp-buttons' }, ...buttons)] : []),
    );
    buttons[0]?.focus();
  }
}

function refresh(): Promise<void> {
  return refreshGlance((id, extras) => glanceRoute(pageCourse(), id, extras));
}

customElements.define('backup-panel', BackupPanel);
