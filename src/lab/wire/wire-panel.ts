import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { type CaptureId, MachineError } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { saveFile } from '../../dom/save-file.ts';
import { adoptStyles } from '../../terminal/strict-styles.ts';
import { pageLab, watchPageLab } from '../page-lab.ts';
import { whileVisible } from '../while-visible.ts';
import { EndNames } from './end-names.ts';
import { RowDetails } from './row-details.ts';
import { RowList } from './row-list.ts';
import { WireControls } from './wire-controls.ts';
import { nameIds, type NamedRow, passes } from './wire-filter.ts';
import { WireLog, type WireRow } from './wire-log.ts';
import css from './wire.css?inline';

const LOOK_EACH_MS = 500;
/** While much is being read; drawing costs as much as reading. */
const PARTS_SHOWN_AT_ONCE = 8;

/** Fills a place with the panel, and starts the page's machine if it has not been. Returns what ends the panel. */
export function openPanel(place: HTMLElement): () => void {
  adoptStyles(css);
  const panel = new WirePanel();
  place.append(panel.root);
  const endWatch = watchPageLab((lab) => void panel.begin(lab));
  pageLab().catch((error: unknown) => panel.say(`Redis could not be started: ${String(error)}`));
  const endLooks = whileVisible(panel.root, LOOK_EACH_MS, () => panel.look());
  return () => {
    endLooks();
    endWatch();
    void panel.begin(undefined);
  };
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
  #epochMs = 0;
  #paused = false;

  constructor() {
    this.root.append(this.#controls.root, this.#status, this.#list.root, this.#count, this.#details.root);
    this.say('Redis is being started.');
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
      const captured = await lab.machine.captured(capture);
      if (log !== this.#log || capture !== this.#capture) return;
      log.add(captured);
      // In parts: a benchmark brings more than can be read between two frames.
      for (let part = 1; log.behind && log === this.#log; part++) {
        log.read();
        if (!this.#paused && (!log.behind || part % PARTS_SHOWN_AT_ONCE === 0)) this.#show();
        if (log.behind) await nextFrame();
      }
    } catch (error) {
      tolerateEnd(error);
    }
  }

  readonly #nameAll = (text: string): string => nameIds(text, this.#names, (id) => this.#log.hostOf(id));

  #show(): void {
    if (!this.#paused) {
      const known = this.#named.at(-1)?.row.id ?? 0;
      const oldest = this.#log.rows[0]?.id ?? 0;
      const fresh = this.#log.rows.filter(({ id }) => id > known).map((row) => this.#name(row));
      this.#named = [...this.#named.filter(({ row }) => row.id >= oldest), ...fresh];
      this.#controls.offer(fresh);
    }
    const { filter } = this.#controls;
    const shown = this.#named.filter((named) => passes(named, filter));
    this.#list.show(shown);
    const gone =
      this.#log.dropped > 0 ? ` ${this.#log.dropped.toLocaleString('en')} older segments were not kept.` : '';
    const counted = `${shown.length.toLocaleString('en')} of ${this.#named.length.toLocaleString('en')} lines.`;
    this.#count.textContent = this.#named.length === 0 ? 'Nothing has passed yet.' : `${counted}${gone}`;
  }

  #name(row: WireRow): NamedRow {
    const { from, to, summary } = row;
    return { row, from: this.#names.nameOf(from), to: this.#names.nameOf(to), summary: this.#nameAll(summary) };
  }

  #pause(): void {
    this.#paused = !this.#paused;
    this.#controls.paused = this.#paused;
    this.say(this.#paused ? 'Paused. What passes meanwhile is shown later.' : 'Goes on.');
    this.#show();
  }

  #clear(): void {
    this.#log.clear();
    this.#named = [];
    this.#show();
    this.say('Cleared. What passes from now on is shown.');
  }

  #forget(): void {
    this.#log = new WireLog();
    this.#named = [];
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
    const without = dropped > 0 ? ` without ${dropped.toLocaleString('en')} older ones that were not kept` : '';
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
