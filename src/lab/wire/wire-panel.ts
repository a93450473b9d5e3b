import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { type CaptureId, MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { saveFile } from '../../dom/save-file.ts';
import { LOOK_EACH_MS, placeLooking } from '../place-panel.ts';
import { EndNames } from './end-names.ts';
import { readCapture } from './read-capture.ts';
import { RowDetails } from './row-details.ts';
import { RowList } from './row-list.ts';
import { WireControls } from './wire-controls.ts';
import { nameIds, type NamedRow, passes } from './wire-filter.ts';
import { WireLog, type WireRow } from './wire-log.ts';
import css from './wire.css?inline';

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  return placeLooking(place, new WirePanel(), css);
}

/** A capture of the machine's network: what passes as rows, one of them with its bytes, and all of it as a file. */
class WirePanel {
  readonly root = element('div', { class: 'wp' });
  readonly #status = element('p', { role: 'status' });
  readonly #count = element('p', { class: 'wp-count' });
  readonly #controls = new WireControls(() => this.#show(), {
    pause: () => this.#pause(),
    clear: () => this.#clear(),
    save: () => void this.#save(),
  });
  readonly #list = new RowList((chosen) => this.#details.show(chosen, this.#epochMs, this.#nameAll));
  readonly #details = new RowDetails();
  #lab: Lab | undefined;
  #capture: CaptureId | undefined;
  #log = new WireLog();
  #names = new EndNames([]);
  #named: NamedRow[] = [];
  /** Read, and not shown yet. */
  #waiting: NamedRow[] = [];
  #epochMs = 0;
  #paused = false;
  /** When the last look ended. */
  #lookedAtMs = performance.now();

  constructor() {
    this.root.append(this.#controls.root, this.#status, this.#list.root, this.#count, this.#details.root);
    this.say('Redis is starting.');
  }

  say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Another machine, or the same one at another time: what was seen belongs to the former one. */
  async begin(lab: Lab | undefined): Promise<void> {
    const [former, capture] = [this.#lab, this.#capture];
    this.#lab = lab;
    this.#capture = undefined;
    this.#controls.reset();
    this.#forget();
    try {
      if (former && capture !== undefined) await former.machine.endCapture(capture);
      if (!lab || lab !== this.#lab) return;
      const begun = await lab.machine.capture();
      // Closed, or begun anew once more, while it was asked for.
      if (lab !== this.#lab || this.#capture !== undefined) return await lab.machine.endCapture(begun);
      this.#capture = begun;
      this.#names = new EndNames(lab.nodes.map(({ description }) => description));
      const { nowMs, uptimeMs } = await lab.machine.clock();
      this.#epochMs = this.#list.epochMs = nowMs - uptimeMs;
      this.say('What passes from now on is shown.');
    } catch (error) {
      tolerateEnd(error);
    }
  }

  async look(): Promise<void> {
    const [lab, capture, log] = [this.#lab, this.#capture, this.#log];
    if (!lab || capture === undefined) return;
    try {
      await readCapture({
        machine: lab.machine,
        capture,
        log,
        looks: (performance.now() - this.#lookedAtMs) / LOOK_EACH_MS,
        wanted: () => log === this.#log && capture === this.#capture,
        pause: nextFrame,
        onRows: (rows) => this.#take(rows),
      });
      // Once for a look: drawing costs as much as reading.
      if (log === this.#log && !this.#paused) this.#show();
    } catch (error) {
      tolerateEnd(error);
    } finally {
      this.#lookedAtMs = performance.now();
    }
  }

  readonly #nameAll = (text: string): string => nameIds(text, this.#names, (id) => this.#log.hostOf(id));

  /** Names rows as they are read, as long as they are still among those that are kept. */
  #take(rows: readonly WireRow[]): void {
    const oldest = this.#log.rows[0]?.id ?? 0;
    const named = rows.map((row) => this.#name(row));
    this.#waiting = [...this.#waiting, ...named].filter(({ row }) => row.id >= oldest);
  }

  #show(): void {
    if (!this.#paused) {
      const oldest = this.#log.rows[0]?.id ?? 0;
      const fresh = this.#waiting.splice(0);
      this.#named = [...this.#named, ...fresh].filter(({ row }) => row.id >= oldest);
      this.#controls.offer(fresh);
    }
    const { filter } = this.#controls;
    const shown = this.#named.filter((named) => passes(named, filter));
    this.#list.show(shown);
    const count = (segments: number, words: string): string =>
      segments > 0 ? ` ${segments.toLocaleString('en')} ${words}.` : '';
    const counted = `${shown.length.toLocaleString('en')} of ${this.#named.length.toLocaleString('en')} lines.`;
    const skipped = count(this.#log.skipped, 'segments came too fast to be read, and have no line');
    const dropped = count(this.#log.dropped, 'older segments were dropped');
    this.#count.textContent = this.#named.length === 0 ? 'Nothing has passed yet.' : `${counted}${skipped}${dropped}`;
  }

  #name(row: WireRow): NamedRow {
    const { from, to, summary } = row;
    return { row, from: this.#names.nameOf(from), to: this.#names.nameOf(to), summary: this.#nameAll(summary) };
  }

  #pause(): void {
    this.#paused = !this.#paused;
    this.#controls.paused = this.#paused;
    this.say(this.#paused ? 'Paused. What passes in the meantime is shown when you resume.' : 'Resumed.');
    this.#show();
  }

  #clear(): void {
    this.#log.clear();
    this.#named = [];
    this.#waiting = [];
    this.#show();
    this.say('Cleared. What passes from now on is shown.');
  }

  #forget(): void {
    this.#log = new WireLog();
    this.#named = [];
    this.#waiting = [];
    this.#show();
  }

  async #save(): Promise<void> {
    await this.look();
    const { segments, dropped } = this.#log;
    if (segments.length === 0) {
      this.say('Nothing has passed yet, so there is nothing to save.');
      return;
    }
    const { pcapOf } = await import('./pcap.ts');
    saveFile('redis.pcap', 'application/vnd.tcpdump.pcap', pcapOf(segments, this.#epochMs));
    const without = dropped > 0 ? ` without ${dropped.toLocaleString('en')} older ones that were dropped` : '';
    this.say(
      `Saved ${segments.length.toLocaleString('en')} segments as redis.pcap${without}, the page’s own connections too.`,
    );
  }
}

/** After the page has been drawn; at once where nothing is drawn. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(resolve));
    else setTimeout(resolve);
  });
}

/** A machine that has ended or was put back meanwhile: `begin` is called with what there is now. */
function tolerateEnd(error: unknown): void {
  if (!(error instanceof MachineError)) throw error;
}
