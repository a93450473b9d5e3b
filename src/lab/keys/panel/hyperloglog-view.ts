import { element } from '../../../dom/element.ts';
import { bytesIn } from '../reply.ts';
import {
  addElement,
  countCommand,
  type HyperLogLog,
  hyperLogLogCommands,
  readHyperLogLog,
  REGISTERS,
} from '../values/hyperloglog.ts';
import { button, bytesTyped, field, form, line } from './field.ts';
import { ItemTable, type Row } from './item-table.ts';
import { type OpenKey, type ValueView, whenZero } from './value-view.ts';

/** A HyperLogLog: what its header says, how full its registers are, and PFCOUNT and PFADD. */
export class HyperLogLogView implements ValueView {
  readonly root: HTMLElement;
  readonly #open: OpenKey;
  readonly #facts = element('dl', { class: 'rk-facts' });
  readonly #registers = new ItemTable('Registers by value', ['Value', 'Registers']);

  constructor(open: OpenKey) {
    this.#open = open;
    const count = button('PFCOUNT', () => void open.edit(() => countCommand(open.key)));
    const value = line();
    const add = async (): Promise<void> => {
      const build = (): ReturnType<typeof addElement> => addElement(open.key, bytesTyped(value));
      if (
        await open.edit(
          build,
          whenZero(
            'No register has changed: the element was counted before, or its register already holds as high a value.',
          ),
        )
      ) {
        value.value = '';
      }
    };
    const adding = form('Count an element', 'PFADD', () => void add(), field('Element', value));
    this.root = element(
      'div',
      {},
      this.#facts,
      element('div', { class: 'rk-form' }, count),
      adding,
      this.#registers.root,
    );
  }

  get editing(): boolean {
    return false;
  }

  async load(): Promise<void> {
    const [reply] = await this.#open.read(hyperLogLogCommands(this.#open.key));
    const bytes = bytesIn(reply);
    const value = readHyperLogLog(bytes);
    if (value) this.#show(value, bytes.length);
    else {
      this.#facts.replaceChildren(element('dd', {}, 'This string is not a HyperLogLog. PFADD and PFCOUNT refuse it.'));
      this.#registers.show([]);
    }
  }

  #show({ encoding, cachedCount, cacheIsValid, registers }: HyperLogLog, bytes: number): void {
    const facts = [
      ['Header', `HYLL, ${encoding}`],
      ['Bytes', bytes.toLocaleString('en')],
      ['Cached count', cacheIsValid ? cachedCount.toLocaleString('en') : 'stale: PFCOUNT will count again'],
      [
        'Registers in use',
        `${(REGISTERS - (registers.get(0) ?? 0)).toLocaleString('en')} of ${REGISTERS.toLocaleString('en')}`,
      ],
    ] as const;
    this.#facts.replaceChildren(
      ...facts.map(([name, text]) => element('div', {}, element('dt', {}, name), element('dd', {}, text))),
    );
    const rows = [...registers]
      .sort(([one], [other]) => one - other)
      .map(([value, many]): Row => ({
        id: String(value),
        name: `value ${value}`,
        cells: [String(value), many.toLocaleString('en')],
      }));
    this.#registers.show(rows);
  }
}
