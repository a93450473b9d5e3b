import { MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { adoptStyles } from '../../terminal/strict-styles.ts';
import { NodeConnection } from '../ask.ts';
import { pageLab } from '../page-lab.ts';
import { BenchmarkCancelled, BenchmarkError, BenchmarkRun, type BenchmarkRunResult } from './benchmark-run.ts';
import { BenchmarkDrawing, type Measured } from './benchmark-drawing.ts';
import css from './benchmark.css?inline';
import { middleRun, type Progress, ROUNDS, runRounds } from './benchmark-rounds.ts';
import { type BenchmarkPlan, type Variant, variantsOf } from './plan.ts';

/** For all runs of one variant together, unless the lesson says otherwise. */
const SECONDS = 1.2;

const MEANING =
  'These are real times on this computer: while it runs, the machine’s clock follows the real one. Server and ' +
  'redis-benchmark take turns on one thread of this page, so a good part of each figure is the client’s, and a native ' +
  'server is several times faster. Compare the rows with each other. Each figure is the median of three runs, which take turns with the other rows. ' +
  'The browser’s clock has steps of 0.1 ms.';

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
  readonly #now = element('span', { class: 'bm-now', hidden: true });
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
      element('div', { class: 'bm-bar' }, this.#start, this.#cancel, this.#progress, this.#now),
      this.#status,
      this.#drawing.root,
      element('p', { class: 'bm-meaning' }, MEANING),
    );
  }

  cancel(): void {
    if (!this.#running) return;
    this.#cancelled = true;
    this.#say('Cancelling.');
    // A machine that is gone has nothing to cancel.
    this.#run?.cancel().catch(tolerateEnd);
  }

  async #measure(): Promise<void> {
    if (this.#running) return;
    this.#show(true);
    let line: NodeConnection | undefined;
    try {
      this.#say('Redis is starting.');
      const lab = await pageLab();
      const node = this.#plan.node === undefined ? lab.servers[0] : lab.node(this.#plan.node);
      if (!node) throw new BenchmarkError('This machine has no server to measure.');
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
    let results: readonly (readonly BenchmarkRunResult[])[];
    try {
      await run.begin();
      results = await runRounds(run, variants, this.#plan.seconds ?? SECONDS, (progress) => {
        if (this.#cancelled) throw new BenchmarkCancelled();
        this.#tell(progress, variants);
      });
    } finally {
      await run.end();
    }
    const measured = measuredOf(variants, results);
    this.#drawing.draw(measured);
    const [fastest] = [...measured].sort((one, other) => other.result.requestsPerSecond - one.result.requestsPerSecond);
    return `Done. The most requests per second: ${fastest!.name}. The clock and all settings are as before.`;
  }

  /** On the screen for each run; aloud when a round begins. */
  #tell({ done, all, now, results }: Progress, variants: readonly Variant[]): void {
    this.#progress.max = all;
    this.#progress.value = done;
    this.#now.textContent = now.name;
    const round = Math.floor(done / variants.length);
    this.#say(round === 0 ? 'Warming up.' : `Round ${String(round)} of ${String(ROUNDS)}.`);
    this.#drawing.draw(measuredOf(variants, results));
  }

  #show(running: boolean): void {
    this.#running = running;
    this.#cancelled = false;
    this.#progress.value = 0;
    const focused = document.activeElement === this.#start || document.activeElement === this.#cancel;
    this.#start.hidden = running;
    this.#cancel.hidden = !running;
    this.#progress.hidden = !running;
    this.#now.hidden = !running;
    this.#now.textContent = '';
    // Who pressed a button by keyboard stays at its place.
    if (focused) (running ? this.#cancel : this.#start).focus();
    this.#start.textContent = this.#drawing.empty ? 'Run' : 'Run again';
  }

  #say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}

function measuredOf(variants: readonly Variant[], results: readonly (readonly BenchmarkRunResult[])[]): Measured[] {
  return variants.flatMap(({ name }, index) => {
    const run = middleRun(results[index] ?? []);
    return run ? [{ name, ...run }] : [];
  });
}

function inWords(error: unknown): string {
  if (error instanceof BenchmarkCancelled) return 'Cancelled. The clock and all settings are as before.';
  if (error instanceof BenchmarkError) return `Expected figures, but ${error.message}.`;
  if (error instanceof MachineError) return `The machine ended or was put back in the meantime: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function tolerateEnd(error: unknown): void {
  if (!(error instanceof MachineError)) throw error;
}
