import { element } from '../../dom/element.ts';
import { EVENT_GROUPS, type EventGroup } from '../node-event.ts';
import { type Choice, GROUPS } from './choice.ts';
import { shapeOf } from './lanes-view.ts';

/** The controls that say which events are shown: groups, a node, words. */
export class EventFilter {
  readonly root: HTMLElement;
  readonly #boxes: ReadonlyMap<EventGroup, HTMLInputElement>;
  readonly #node = element('select', {}, element('option', { value: '' }, 'all nodes'));
  readonly #search = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', size: '14' });

  constructor(onChange: () => void) {
    const boxes = EVENT_GROUPS.map((group) => {
      const box = element('input', { type: 'checkbox', change: onChange });
      box.checked = GROUPS[group].shown;
      return [group, box] as const;
    });
    this.#boxes = new Map(boxes);
    this.#node.addEventListener('change', onChange);
    this.#search.addEventListener('input', onChange);
    this.root = element(
      'div',
      { class: 'tl-filter' },
      element(
        'fieldset',
        {},
        element('legend', {}, 'Events shown'),
        ...boxes.map(([group, box]) =>
          element('label', { class: 'tl-group' }, box, shapeOf(group), GROUPS[group].name),
        ),
      ),
      element('label', { class: 'tl-field-label' }, 'Of', this.#node),
      element('label', { class: 'tl-field-label' }, 'Containing', this.#search),
    );
  }

  get choice(): Choice {
    const groups = new Set([...this.#boxes].filter(([, { checked }]) => checked).map(([group]) => group));
    return { groups, search: this.#search.value, ...(this.#node.value === '' ? {} : { node: this.#node.value }) };
  }

  /** The nodes that one can choose from. */
  offer(nodes: readonly string[]): void {
    const offered = [...this.#node.options].slice(1).map(({ value }) => value);
    if (offered.join() === nodes.join()) return;
    const chosen = this.#node.value;
    this.#node.replaceChildren(
      element('option', { value: '' }, 'all nodes'),
      ...nodes.map((name) => element('option', { value: name }, name)),
    );
    this.#node.value = nodes.includes(chosen) ? chosen : '';
  }
}
