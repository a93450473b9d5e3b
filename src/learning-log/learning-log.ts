import { element } from '../dom/element.ts';
import { saveFile } from '../dom/save-file.ts';
import { pageCourse } from '../paths/page-course.ts';
import { sayIfRefused, watchFacts } from '../progress/store.ts';
import { ENTRY_PARTS, PART_LABELS, searchEntries, type LogEntry } from './entry.ts';
import { entryForm } from './entry-form.ts';
import { addEntry, changeEntry, deleteEntry, forgetDeleted, readLog, restoreEntry } from './log.ts';

/** `<learning-log>`: all entries of the log, to be searched, changed, deleted and taken away. */
class LearningLog extends HTMLElement {
  readonly #lessons = pageCourse().lessons;
  /** The entry that is being changed; its form is not replaced when something else changes. */
  #editing: string | undefined;
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    this.querySelector('input')?.addEventListener('input', () => {
      this.#say('');
      void this.#try(() => this.#show());
    });
    this.querySelector('[data-do=add]')?.addEventListener('click', () => this.#add());
    this.querySelector('[data-do=markdown]')?.addEventListener('click', () => void this.#try(() => this.#export()));
    this.#stop = watchFacts((keys) => {
      if (keys.length === 0 || keys.some((key) => key.startsWith('log/'))) void this.#try(() => this.#show());
    });
    void this.#try(async () => {
      await forgetDeleted();
      await this.#show();
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  async #show(): Promise<void> {
    const all = await readLog();
    const search = this.querySelector('input')?.value ?? '';
    const found = searchEntries(all, search, (slug) => this.#titleOf(slug));
    // What was deleted can be restored for as long as nobody looks for something else.
    if (!this.querySelector('.said button')) this.#say(inWords(found.length, all.length, search));
    const list = this.querySelector('.entries');
    const kept = this.#editing === undefined ? null : list?.querySelector(`[data-entry="${this.#editing}"]`);
    list?.replaceChildren(...found.map((entry) => (kept && entry.id === this.#editing ? kept : this.#item(entry))));
  }

  #item(entry: LogEntry): HTMLElement {
    const day = new Date(entry.createdMs).toLocaleDateString(undefined, { dateStyle: 'medium' });
    const lesson = this.#lessons[entry.lesson];
    const title = lesson?.href === undefined ? [] : [': ', element('a', { href: lesson.href }, lesson.title)];
    const name = `${day}${lesson ? `, ${lesson.title}` : ''}`;
    const parts = ENTRY_PARTS.flatMap((part) =>
      entry[part] === '' ? [] : [element('dt', {}, PART_LABELS[part]), element('dd', {}, entry[part])],
    );
    const terminal =
      entry.terminal === ''
        ? []
        : [
            element('dt', {}, 'Terminal'),
            element('dd', {}, element('pre', { tabindex: '0', 'aria-label': 'Attached terminal' }, entry.terminal)),
          ];
    const button = (label: string, act: () => void): HTMLElement =>
      element(
        'button',
        { type: 'button', class: 'rm-button', 'aria-label': `${label} the entry of ${name}`, click: () => act() },
        label,
      );
    return element(
      'li',
      { class: 'rm-logged', 'data-entry': entry.id },
      element('h2', {}, day, ...title),
      element('dl', {}, ...parts, ...terminal),
      element(
        'p',
        { class: 'rm-buttons' },
        button('Edit', () => this.#edit(entry)),
        button('Delete', () => void this.#try(() => this.#delete(entry.id))),
      ),
    );
  }

  #add(): void {
    const place = this.querySelector('.new');
    const close = (): void => {
      place?.replaceChildren();
      this.querySelector<HTMLElement>('[data-do=add]')?.focus();
    };
    const form = entryForm({
      text: {},
      save: async (text) => {
        await addEntry('', text);
        close();
      },
      cancel: close,
    });
    place?.replaceChildren(form);
    form.querySelector('textarea')?.focus();
  }

  #edit(entry: LogEntry): void {
    const item = this.querySelector(`[data-entry="${entry.id}"]`);
    this.#editing = entry.id;
    const close = async (): Promise<void> => {
      this.#editing = undefined;
      await this.#show();
      this.querySelector<HTMLElement>(`[data-entry="${entry.id}"] button`)?.focus();
    };
    const form = entryForm({
      text: entry,
      save: async (text) => {
        // Only what the learner has changed here: another tab may have changed the rest.
        const changed = Object.entries(text).filter(([part, value]) => value !== entry[part as keyof LogEntry]);
        this.#editing = undefined;
        await changeEntry(entry.id, Object.fromEntries(changed));
        await close();
      },
      cancel: () => void close(),
    });
    item?.replaceChildren(form);
    form.querySelector('textarea')?.focus();
  }

  async #delete(id: string): Promise<void> {
    await deleteEntry(id);
    this.#say('Entry deleted.', ['Undo', () => restoreEntry(id)]);
  }

  async #export(): Promise<void> {
    const { logAsMarkdown } = await import('./markdown.ts');
    const entries = await readLog();
    saveFile(
      'redis-learning-log.md',
      'text/markdown',
      logAsMarkdown(entries, (slug) => this.#titleOf(slug)),
    );
    this.#say(`Exported: ${entries.length === 1 ? 'one entry' : `${entries.length} entries`}.`);
  }

  #titleOf(slug: string): string {
    return this.#lessons[slug]?.title ?? slug;
  }

  #try(act: () => Promise<void>): Promise<void> {
    return sayIfRefused('your log', (text) => this.#say(text), act);
  }

  #say(text: string, choice?: [label: string, act: () => Promise<void>]): void {
    const place = this.querySelector('.said');
    if (!place) return;
    place.replaceChildren(element('span', {}, text));
    if (!choice) return;
    const [label, act] = choice;
    const button = element(
      'button',
      {
        type: 'button',
        class: 'rm-button',
        click: () => {
          this.#say('');
          void this.#try(act);
        },
      },
      label,
    );
    place.append(button);
    button.focus();
  }
}

function inWords(found: number, all: number, search: string): string {
  if (search !== '') return `${found} of ${all} entries`;
  if (all === 0) return 'There are no entries yet. Every lesson ends with a question for the log.';
  return all === 1 ? 'One entry' : `${all} entries`;
}

customElements.define('learning-log', LearningLog);
