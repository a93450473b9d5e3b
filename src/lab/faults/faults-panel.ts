import { FAULT_FORMS, faultLine, type FaultOrder, readFaultLine } from '../../../wasm-redis/lab/fault-line.ts';
import { apply, undo } from '../../../wasm-redis/lab/fault-schedule.ts';
import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { element } from '../../dom/element.ts';
import { lengthWords } from '../clock/clock-words.ts';
import controlsCss from '../controls.css?inline';
import { historyOf, keepHistory } from '../page-history.ts';
import { watchPageLab } from '../page-lab.ts';
import { PanelActions } from '../panel-actions.ts';
import { beginPanel } from '../place-panel.ts';
import { whileVisible } from '../while-visible.ts';
import { faultForm } from './fault-form.ts';
import { inForce, type InForce } from './in-force.ts';

const LOOK_MS = 500;
const NO_MACHINE = 'There is no machine yet.';

/** Fills a place with the faults of the page's lab. Returns what ends it. */
export function openPanel(place: HTMLElement): () => void {
  const panel = new FaultsPanel(place);
  return () => panel.close();
}

class FaultsPanel {
  readonly #actions = new PanelActions();
  readonly #form = element('div', {}, 'The machine is starting.');
  readonly #inForce = element('ul', { class: 'lc-faults', 'aria-label': 'In force and scheduled' });
  readonly #done = element('pre', { class: 'lp-text lc-done', tabindex: '0', 'aria-label': 'What was done, as lines' });
  readonly #line = element('input', {
    type: 'text',
    class: 'lc-line',
    placeholder: FAULT_FORMS[0]!.form,
    'aria-label': 'A fault as a line',
    spellcheck: 'false',
    autocapitalize: 'off',
  });
  readonly #ends: (() => void)[];
  #lab: Lab | undefined;
  #topology: unknown;
  #shown = '';

  constructor(place: HTMLElement) {
    place.append(...this.#parts());
    this.#ends = [
      watchPageLab((lab) => this.#take(lab)),
      whileVisible(place, LOOK_MS, () => this.#look()),
      keepHistory(),
    ];
    beginPanel([controlsCss], (text) => this.#actions.say(text));
  }

  close(): void {
    for (const end of this.#ends) end();
  }

  #parts(): HTMLElement[] {
    const form = element('form', { class: 'lc-row', submit: (event) => this.#submit(event) });
    form.append(
      element('label', { class: 'lc-field' }, 'As a line', this.#line),
      element('button', { type: 'submit', class: 'lp-button' }, 'Do it'),
    );
    const forms = FAULT_FORMS.map(({ form: text, does }) => [
      element('dt', {}, element('code', {}, text)),
      element('dd', {}, does),
    ]);
    return [
      this.#form,
      this.#actions.status,
      element(
        'div',
        { class: 'lc-row' },
        this.#actions.button('Undo the last', () => this.#undoLast()),
        this.#actions.button('Make all well', () => this.#makeWell()),
      ),
      element(
        'section',
        { class: 'lc-part', 'aria-label': 'In force and scheduled' },
        element('h4', {}, 'In force and scheduled'),
        this.#inForce,
      ),
      element(
        'section',
        { class: 'lc-part', 'aria-label': 'As lines' },
        element('h4', {}, 'As lines'),
        form,
        element('details', { class: 'lc-help' }, element('summary', {}, 'Forms'), element('dl', {}, ...forms.flat())),
        this.#done,
      ),
    ];
  }

  #take(lab: Lab | undefined): void {
    this.#lab = lab;
    // A rewind leaves the topology, and with it what is chosen in the form.
    if (lab && lab.topology !== this.#topology) {
      this.#topology = lab.topology;
      const ordered = (label: string, order: () => FaultOrder): HTMLButtonElement =>
        this.#actions.button(label, () => Promise.resolve().then(() => this.#order(order())));
      this.#form.replaceChildren(...faultForm(lab.topology, ordered));
      this.#done.textContent = '';
    } else if (lab && this.#done.textContent !== '') this.#note('# the machine was put back');
    void this.#look();
  }

  async #order(order: FaultOrder): Promise<string> {
    const lab = this.#lab;
    if (!lab) return NO_MACHINE;
    const line = faultLine(order, lab.topology);
    await apply(lab, order.fault, order.afterMs);
    this.#note(`fault ${line}`);
    await this.#look();
    return order.afterMs > 0 ? `Will happen in ${lengthWords(order.afterMs)}: ${line}.` : `Done: ${line}.`;
  }

  #note(line: string): void {
    this.#done.append(`${line}\n`);
    this.#done.scrollTop = this.#done.scrollHeight;
  }

  async #undoLast(): Promise<string> {
    if (!this.#lab) return NO_MACHINE;
    const { reason = '', uptimeMs } = await (await historyOf(this.#lab)).backToReason();
    return `The machine is as it was when it was up for ${lengthWords(uptimeMs)}, before ${reason}.`;
  }

  async #makeWell(): Promise<string> {
    const lab = this.#lab;
    if (!lab) return NO_MACHINE;
    await (await historyOf(lab)).mark('all was made well');
    await undo(lab);
    await this.#look();
    return 'All links work, all disks have room, all nodes are running, and nothing is scheduled.';
  }

  #submit(event: Event): void {
    event.preventDefault();
    void this.#actions.do(async () => {
      if (!this.#lab) return NO_MACHINE;
      // As the shell has it, and as a transcript has it.
      const text = this.#line.value.replace(/^\s*(?:#\s*)?fault:?\s+/, '');
      const said = await this.#order(readFaultLine(text, this.#lab.topology));
      this.#line.value = '';
      return said;
    });
  }

  async #look(): Promise<void> {
    const lab = this.#lab;
    if (!lab) return;
    try {
      const { machine, topology, nodes } = lab;
      const [processes, faults, { uptimeMs }] = await Promise.all([
        machine.processes(),
        machine.faults(),
        machine.clock(),
      ]);
      if (lab === this.#lab) this.#show(inForce(topology, nodes, processes, faults, uptimeMs));
    } catch {
      // The machine has ended; the page tells everybody when there is another.
      this.#shown = '';
    }
  }

  #show(found: readonly InForce[]): void {
    const present = JSON.stringify(found.map(({ key, words }) => [key, words]));
    if (present === this.#shown) return;
    this.#shown = present;
    const focused = document.activeElement?.getAttribute('data-key');
    const items = found.map(({ key, words, undo: remedy }) => {
      const button = this.#actions.button('Take back', () => this.#order({ fault: remedy, afterMs: 0 }), {
        class: 'lp-button lc-small',
      });
      button.dataset['key'] = key;
      button.setAttribute('aria-label', `Take back: ${words}`);
      return element('li', {}, element('span', {}, words), button);
    });
    this.#inForce.replaceChildren(...(items.length > 0 ? items : [element('li', {}, 'Nothing. All is well.')]));
    if (focused) this.#inForce.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}
