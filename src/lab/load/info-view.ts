import { element } from '../../dom/element.ts';
import { type Change, changesInWords, changesSince, type Info, readInfo } from './info.ts';
import { InfoSection } from './info-section.ts';
import { failureOf, type LoadView, type LookedAt, type Say } from './load-view.ts';

/** What changed is said at most so often, and only when other fields have. */
const SAY_EACH_MS = 10_000;

/** INFO by section, with what is not as it was when one last pressed the button. */
export class InfoView implements LoadView {
  readonly name = 'INFO';
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #sections = new Map<string, InfoSection>();
  readonly #place = element('div', {
    class: 'll-sections',
    tabindex: '0',
    role: 'region',
    'aria-label': 'Sections of INFO',
  });
  readonly #filter = element('input', { type: 'search', placeholder: 'memory, hits, …', autocomplete: 'off' });
  readonly #changedOnly = element('input', { type: 'checkbox' });
  readonly #status = element('p', { class: 'll-hint' });
  #node: LookedAt | undefined;
  #before: Info | undefined;
  #now: Info | undefined;
  #said = { fields: '', atMs: 0 };

  constructor(say: Say) {
    this.#say = say;
    const seen = element('button', { type: 'button', click: () => this.#lookedAt() }, 'Compare from now');
    for (const input of [this.#filter, this.#changedOnly]) input.addEventListener('input', () => this.#draw());
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'll-bar' },
        element('label', {}, element('span', {}, 'Field'), this.#filter),
        element('label', { class: 'll-check' }, this.#changedOnly, 'Only what has changed'),
        seen,
      ),
      this.#status,
      this.#place,
    );
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#before = undefined;
    this.#now = undefined;
    this.#draw();
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const answer = await node.line.ask('INFO', 'all');
    if (node !== this.#node) return undefined;
    if (typeof answer !== 'string') return failureOf(node, answer);
    this.#now = readInfo(answer);
    this.#before ??= this.#now;
    this.#draw();
    return undefined;
  }

  rest(): void {
    // Nothing goes on beside the looks.
  }

  #lookedAt(): void {
    this.#before = this.#now;
    this.#draw();
    this.#say('Changes are counted from now.');
  }

  #draw(): void {
    const [before, now] = [this.#before ?? new Map(), this.#now ?? new Map()] as [Info, Info];
    const changes = changesSince(before, now);
    const wanted = this.#filter.value.trim().toLowerCase();
    const changed = new Map(changes.map((change) => [`${change.section}.${change.field}`, change]));
    for (const [name, section] of this.#sections) {
      if (now.has(name)) continue;
      section.root.remove();
      this.#sections.delete(name);
    }
    for (const [name, fields] of now) {
      const section = this.#sections.get(name) ?? this.#add(name);
      section.draw(fields, (field) => changed.get(`${name}.${field}`), wanted, this.#changedOnly.checked);
    }
    this.#status.textContent = `Changed since the last comparison: ${changesInWords(changes)}`;
    this.#announce(changes);
  }

  /** A value that goes on changing is not said again. */
  #announce(changes: readonly Change[]): void {
    const fields = changesInWords(changes);
    const atMs = performance.now();
    if (fields === this.#said.fields || atMs - this.#said.atMs < SAY_EACH_MS) return;
    if (changes.length > 0) this.#say(`Changed: ${fields}`);
    this.#said = { fields, atMs };
  }

  #add(name: string): InfoSection {
    const section = new InfoSection(name);
    this.#sections.set(name, section);
    this.#place.append(section.root);
    return section;
  }
}
