import { MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { adoptStyles } from '../../terminal/strict-styles.ts';
import { NodeConnection } from '../ask.ts';
import { pageLab } from '../page-lab.ts';
import { BenchmarkCancelled, BenchmarkError, BenchmarkRun } from './benchmark-run.ts';
import { BenchmarkDrawing, type Measured } from './benchmark-drawing.ts';
import css from './benchmark.css?inline';
import { type BenchmarkPlan, variantsOf } from './plan.ts';

const MEANING =
  'These are real times on this computer: while it runs, the machine’s clock follows the real one. Server and ' +
  'redis-benchmark take turns on one thread of this page, so a good part of each figure is the client’s, and a native ' +
  'server is several times faster. Compare the rows with each other; on a busy computer run it again.';

/** Fills a place with the benchmark that its panel plans. Returns what ends it; a run is cancelled then. */
export function openPanel(place: HTMLElement, host: HTMLElement): () => void {
  adoptStyles(css);
  const panel = new BenchmarkPanel(JSON.parse(host.dataset['plan'] ?? '{}') as BenchmarkPlan);
  place.append(panel.root);
  return () => panel.cancel();
}

/** Buttons, progress, and the drawing of what was measured. */
class BenchmarkPanel {
  readonly root: HTMLElement;
  readonly #plan: BenchmarkPlan;
  readonly #start = element('button', { type: 'button', click: () => void this.#measure() }, 'Run');
  readonly #cancel = element('button', { type: 'button', hidden: true, click: () => this.cancel() }, 'Cancel');
  readonly #progress = element('progress', { hidden: true, 'aria-label': 'Progress of the benchmark' });
  readonly #status = element('p', { class: 'bm-status', role: 'status' });
  readonly #drawing = new BenchmarkDrawing();
  #run: BenchmarkRun | undefined;
  #running = false;
  #cancelled = false;

  constructor(plan: BenchmarkPlan) {
    this.#plan = plan;
    this.root = element(
      'div',
      { class: 'bm' },
      element('div', { class: 'bm-bar' }, this.#start, this.#cancel, this.#progress),
      this.#status,
      this.#drawing.root,
      element('p', { class: 'bm-meaning' }, MEANING),
    );
  }

  cancel(): void {
    if (!this.#running) return;
    this.#cancelled = true;
    this.#say('Being cancelled.');
    // A machine that is gone has nothing to cancel.
    this.#run?.cancel().catch(tolerateEnd);
  }

  async #measure(): Promise<void> {
    if (this.#running) return;
    this.#show(true);
    let line: NodeConnection | undefined;
    try {
      this.#say('Redis is being started.');
      const lab = await pageLab();
      const node = this.#plan.node === undefined ? lab.servers[0] : lab.node(this.#plan.node);
      if (!node) throw new BenchmarkError('This machine has no server to be measured.');
      const { host, port, options } = node.description;
      const password = options['requirepass'];
      const server = { host, port, ...(password === undefined ? {} : { password }) };
      line = new NodeConnection(lab.machine, server, { name: 'panel-benchmark', ...server });
      this.#run = new BenchmarkRun(lab.machine, server, line, this.#plan);
      this.#say(await this.#all(this.#run));
    } catch (error) {
      this.#say(inWords(error));
    } finally {
      line?.close();
      this.#run = undefined;
      this.#show(false);
    }
  }

  /** Resolves with what is to be said of it. */
  async #all(run: BenchmarkRun): Promise<string> {
    const variants = variantsOf(this.#plan);
    const measured: Measured[] = [];
    this.#progress.max = variants.length;
    try {
      await run.begin();
      for (const [index, variant] of variants.entries()) {
        if (this.#cancelled) throw new BenchmarkCancelled();
        this.#progress.value = index;
        this.#say(`${String(index + 1)} of ${String(variants.length)}: ${variant.name}.`);
        measured.push({ name: variant.name, ...(await run.measure(variant)) });
        this.#drawing.draw(measured);
      }
    } finally {
      await run.end();
    }
    const [fastest] = [...measured].sort((one, other) => other.result.requestsPerSecond - one.result.requestsPerSecond);
    return `Done. The most requests per second: ${fastest!.name}. The clock and all settings are as before.`;
  }

  #show(running: boolean): void {
    this.#running = running;
    this.#cancelled = false;
    this.#progress.value = 0;
    const focused = document.activeElement === this.#start || document.activeElement === this.#cancel;
    this.#start.hidden = running;
    this.#cancel.hidden = !running;
    this.#progress.hidden = !running;
    // Who pressed a button by keyboard stays at its place.
    if (focused) (running ? this.#cancel : this.#start).focus();
    this.#start.textContent = this.#drawing.empty ? 'Run' : 'Run again';
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}

function inWords(error: unknown): string {
  if (error instanceof BenchmarkCancelled) return 'Cancelled. The clock and all settings are as before.';
  if (error instanceof BenchmarkError) return `Expected figures, but ${error.message}.`;
  if (error instanceof MachineError) return `The machine has ended or was put back meanwhile: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function tolerateEnd(error: unknown): void {
  if (!(error instanceof MachineError)) throw error;
}
