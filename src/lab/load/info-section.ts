import { element } from '../../dom/element.ts';
import type { Change } from './info.ts';

/** Sections that one looks at most are open at the beginning. */
const OPEN: ReadonlySet<string> = new Set(['Clients', 'Memory', 'Stats', 'Replication', 'Keyspace']);

interface Line {
  row: HTMLTableRowElement;
  text: HTMLElement;
  before: HTMLElement;
}

/** A section of INFO, which can be folded: its fields, their values, and what the values were. */
export class InfoSection {
  readonly root: HTMLDetailsElement;
  readonly #count = element('span', { class: 'll-count' });
  readonly #body = element('tbody');
  readonly #lines = new Map<string, Line>();

  constructor(name: string) {
    const heading = (text: string): HTMLElement => element('th', { scope: 'col' }, text);
    const head = element('thead', { class: 'sr-only' }, element('tr', {}, ...['Field', 'Value'].map(heading)));
    this.root = element(
      'details',
      { open: OPEN.has(name) },
      element('summary', {}, `${name} `, this.#count),
      element('table', {}, head, this.#body),
    );
  }

  /**
   * @param changeOf what of a field is not as it was
   * @param wanted part of a field's name, in lower case
   */
  draw(
    fields: ReadonlyMap<string, string>,
    changeOf: (field: string) => Change | undefined,
    wanted: string,
    changedOnly: boolean,
  ): void {
    let changed = 0;
    let shown = 0;
    for (const [field, { row }] of this.#lines) {
      if (fields.has(field)) continue;
      row.remove();
      this.#lines.delete(field);
    }
    for (const [field, value] of fields) {
      const line = this.#lines.get(field) ?? this.#add(field);
      const change = changeOf(field);
      if (change) changed++;
      setText(line.text, value);
      setText(line.before, change ? (change.before === undefined ? 'new' : `was ${change.before}`) : '');
      line.row.classList.toggle('ll-changed', change !== undefined);
      line.row.hidden = !field.toLowerCase().includes(wanted) || (changedOnly && !change);
      if (!line.row.hidden) shown++;
    }
    this.root.hidden = shown === 0;
    setText(this.#count, changed === 0 ? '' : `${String(changed)} changed`);
  }

  #add(field: string): Line {
    const line = { row: element('tr'), text: element('span'), before: element('span', { class: 'll-before' }) };
    line.row.append(
      element('th', { scope: 'row' }, ...breakable(field)),
      element('td', {}, line.text, ' ', line.before),
    );
    this.#lines.set(field, line);
    this.#body.append(line.row);
    return line;
  }
}

/** A long name breaks after an underscore rather than anywhere. */
function breakable(field: string): (Node | string)[] {
  return field.split(/(?<=_)/).flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part]));
}

function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
