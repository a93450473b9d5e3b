import { element } from '../../dom/element.ts';
import { KeyedTable } from './keyed-table.ts';
import { failureOf, type LoadView, type LookedAt, type Say, tell } from './load-view.ts';
import { timeOfDay } from './monitor-line.ts';
import { Setting } from './setting.ts';
import { durationText, readSlowlog, wordText } from './slowlog.ts';

const ENTRIES_MAX = '50';

/** SLOWLOG: its newest entries, what counts as slow, and emptying it. */
export class SlowlogView implements LoadView {
  readonly name = 'SLOWLOG';
  readonly root: HTMLElement;
  readonly #say: Say;
  readonly #threshold: Setting;
  readonly #table = new KeyedTable(
    'Slow commands',
    [
      { title: 'Id', numeric: true },
      { title: 'Began' },
      { title: 'Took', numeric: true },
      { title: 'Command' },
      { title: 'Client' },
    ],
    'No command has been slow enough.',
  );
  #node: LookedAt | undefined;

  constructor(say: Say) {
    this.#say = say;
    this.#threshold = new Setting('slowlog-log-slower-than', 'Slow from, in microseconds (-1 never)', say);
    const reset = element('button', { type: 'button', click: () => void this.#reset() }, 'Empty the log');
    this.root = element(
      'div',
      {},
      element('div', { class: 'll-bar' }, this.#threshold.root, reset),
      this.#table.root,
      element(
        'p',
        { class: 'll-hint' },
        'What counts is the time of the command itself, by the machine’s clock. While the clock is paused, only a command that makes time pass is slow.',
      ),
    );
  }

  begin(node: LookedAt): void {
    this.#node = node;
    this.#threshold.begin(node);
    this.#table.draw([]);
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    if (!node) return undefined;
    const [answer] = await Promise.all([node.line.ask('SLOWLOG', 'GET', ENTRIES_MAX), this.#threshold.look()]);
    if (node !== this.#node) return undefined;
    const failure = failureOf(node, answer);
    if (failure !== undefined || answer === undefined) return failure;
    this.#table.draw(
      readSlowlog(answer).map(({ id, atMs, durationUs, words, client, clientName }) => ({
        key: `${String(id)} ${String(atMs)}`,
        cells: [
          String(id),
          timeOfDay(atMs).slice(0, 8),
          durationText(durationUs),
          words.map(wordText).join(' '),
          clientName === '' ? client : `${clientName} ${client}`,
        ],
      })),
    );
    return undefined;
  }

  rest(): void {
    // Nothing goes on beside the looks.
  }

  async #reset(): Promise<void> {
    if (!this.#node || !(await tell(this.#node, this.#say, 'SLOWLOG', 'RESET'))) return;
    await this.look();
    this.#say('The slow log is empty.');
  }
}
