import { MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { failureOf, type LoadView, type LookedAt } from './load-view.ts';
import { MonitorConnection } from './monitor-connection.ts';
import { type MonitoredCommand, timeOfDay } from './monitor-line.ts';
import { MonitorLog } from './monitor-log.ts';

/** Lines that are drawn. */
const SHOWN_MAX = 200;
/** Nearer to the end than this the list follows it. */
const FOLLOW_PX = 24;

/** MONITOR, live: what a node is asked, as it comes. */
export class MonitorView implements LoadView {
  readonly name = 'MONITOR';
  readonly root: HTMLElement;
  #log = new MonitorLog();
  readonly #lines = element('ol', {});
  readonly #scroller = element(
    'div',
    { class: 'lp-text ll-lines', tabindex: '0', role: 'region', 'aria-label': 'Commands of this node' },
    this.#lines,
  );
  readonly #counts = element('p', { class: 'll-hint' });
  readonly #filter = element('input', { type: 'search', placeholder: 'Command, key or client', autocomplete: 'off' });
  readonly #panels = element('input', { type: 'checkbox' });
  readonly #pause = element('button', { type: 'button', 'aria-pressed': 'false' }, 'Pause');
  #node: LookedAt | undefined;
  #monitor: MonitorConnection | undefined;
  #opening = false;
  #turn = 0;
  /** What is drawn; the same again needs no drawing. */
  #drawn = '';

  constructor() {
    const clear = element('button', { type: 'button', click: () => this.#clear() }, 'Clear');
    this.#pause.addEventListener('click', () => this.#togglePause());
    this.#filter.addEventListener('input', () => this.#draw());
    this.#panels.addEventListener('change', () => this.#draw());
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'll-bar' },
        element('label', {}, element('span', {}, 'Filter'), this.#filter),
        element('label', { class: 'll-check' }, this.#panels, 'Also commands of this page’s panels'),
        this.#pause,
        clear,
      ),
      this.#scroller,
      this.#counts,
    );
  }

  begin(node: LookedAt): void {
    this.rest();
    this.#node = node;
    this.#log = new MonitorLog();
    this.#drawn = '';
    this.#draw();
  }

  async look(): Promise<string | undefined> {
    const node = this.#node;
    const over = this.#monitor === undefined || this.#monitor.state.kind === 'ended';
    if (node && over && !this.#opening) {
      this.#opening = true;
      try {
        await this.#open(node);
      } finally {
        this.#opening = false;
      }
    }
    if (!this.#paused) this.#draw();
    return this.#failure();
  }

  rest(): void {
    // A stream that is being opened belongs to nobody then.
    this.#turn++;
    this.#monitor?.close();
    this.#monitor = undefined;
  }

  get #paused(): boolean {
    return this.#pause.getAttribute('aria-pressed') === 'true';
  }

  async #open(node: LookedAt): Promise<void> {
    const { target, lab } = node;
    const turn = this.#turn;
    try {
      const monitor = await MonitorConnection.open(lab.machine, target, this.#log, target);
      if (turn === this.#turn) this.#monitor = monitor;
      else monitor.close();
    } catch (error) {
      // Nobody listens there; the next look tries again.
      if (!(error instanceof MachineError)) throw error;
      this.#monitor = undefined;
    }
  }

  #togglePause(): void {
    this.#pause.setAttribute('aria-pressed', String(!this.#paused));
    this.#pause.textContent = this.#paused ? 'Resume' : 'Pause';
    this.#draw();
  }

  #clear(): void {
    this.#log.clear();
    this.#draw();
  }

  #draw(): void {
    const lines = this.#log.lines({ text: this.#filter.value, panels: this.#panels.checked }).slice(-SHOWN_MAX);
    const { seen, skipped } = this.#log;
    const drawn = `${String(seen)} ${this.#filter.value} ${String(this.#panels.checked)}`;
    this.#counts.textContent = `${count(seen)} commands seen, ${count(lines.length)} shown${
      skipped > 0 ? `, ${count(skipped)} came too fast to be read` : ''
    }.${this.#paused ? ' Paused.' : ''}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
    const follows = scrollTop + clientHeight >= scrollHeight - FOLLOW_PX;
    this.#lines.replaceChildren(...lines.map(lineElement));
    if (follows) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #failure(): string | undefined {
    const node = this.#node;
    const state = this.#monitor?.state;
    if (!node || state?.kind === 'listening') return undefined;
    return failureOf(node, state?.kind === 'refused' ? { error: state.words } : undefined);
  }
}

function lineElement({ atMs, database, from, text }: MonitoredCommand): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: 'll-when' }, timeOfDay(atMs)),
    ' ',
    element('span', { class: 'll-from' }, `[${database} ${from}]`),
    ' ',
    element('span', {}, text),
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}
