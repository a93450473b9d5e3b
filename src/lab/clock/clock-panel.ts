import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import type { ClockState } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { chooseClockRate } from '../../machine/live-clock.ts';
import controlsCss from '../controls.css?inline';
import { PanelActions } from '../panel-actions.ts';
import { pageLab, watchPageLab } from '../page-lab.ts';
import { keepHistory } from '../page-history.ts';
import { beginPanel } from '../place-panel.ts';
import { whileVisible } from '../while-visible.ts';
import { lengthWords, rateWords, readSeconds, timeWords } from './clock-words.ts';
import { passTime } from './pass-time.ts';
import { RewindView } from './rewind-view.ts';

const LOOK_MS = 500;
/** How often the time that is shown moves on between two looks. */
const TICK_MS = 100;
/** How far one looks for the next event, of the machine's time. */
const EVENT_LIMIT_MS = 60_000;
const RATES = [
  { rate: 0, label: 'Pause' },
  { rate: 1, label: '×1' },
  { rate: 10, label: '×10' },
] as const;
const WRONG_SECONDS = 'Enter a number of seconds: more than 0, at most 3600.';

/** Fills a place with the machine's clock and its rewind. Returns what ends it. */
export function openPanel(place: HTMLElement): () => void {
  const panel = new ClockPanel(place);
  return () => panel.close();
}

class ClockPanel {
  readonly #actions = new PanelActions();
  readonly #rewind = new RewindView(this.#actions);
  readonly #time = element('span', { class: 'lc-time' }, '–');
  readonly #state = element('p', { class: 'lc-state' }, 'The machine is starting.');
  readonly #rates = RATES.map(({ rate, label }) => ({
    rate,
    button: this.#actions.button(label, () => this.#setRate(rate)),
  }));
  readonly #seconds = element('input', {
    type: 'text',
    inputmode: 'decimal',
    class: 'lc-number',
    value: '10',
    'aria-label': 'Seconds of the machine’s time',
  });
  readonly #pass = element(
    'button',
    { type: 'button', class: 'lp-button', click: () => this.#passOrStop() },
    'Let them pass',
  );
  readonly #ends: (() => void)[];
  #lab: Lab | undefined;
  #shown: { clock: ClockState; atMs: number } | undefined;
  #passing: AbortController | undefined;

  constructor(place: HTMLElement) {
    place.append(...this.#parts());
    const tick = setInterval(() => this.#draw(), TICK_MS);
    this.#ends = [
      watchPageLab((lab) => this.#take(lab)),
      whileVisible(place, LOOK_MS, () => this.#look()),
      keepHistory(),
      () => clearInterval(tick),
    ];
    beginPanel([controlsCss], (text) => this.#actions.say(text));
  }

  close(): void {
    this.#passing?.abort();
    for (const end of this.#ends) end();
  }

  #parts(): HTMLElement[] {
    const act = (label: string, work: () => Promise<string>): HTMLButtonElement => this.#actions.button(label, work);
    return [
      element('p', { class: 'lc-clock' }, this.#time),
      this.#state,
      element(
        'div',
        { class: 'lc-row', role: 'group', 'aria-label': 'How fast time passes' },
        ...this.#rates.map((rate) => rate.button),
      ),
      element(
        'div',
        { class: 'lc-row', role: 'group', 'aria-label': 'To the next event' },
        act('To the next output', () => this.#toNext('output')),
        act('To the next timer', () => this.#toNext('timer')),
      ),
      element(
        'div',
        { class: 'lc-row', role: 'group', 'aria-label': 'Move the clock on' },
        element('label', { class: 'lc-field' }, this.#seconds, 'seconds'),
        this.#pass,
        act('Sleep through them', () => this.#sleep()),
      ),
      this.#actions.status,
      element(
        'details',
        { class: 'lc-help' },
        element('summary', {}, 'What these do'),
        element(
          'p',
          {},
          'While the clock is paused nothing happens by itself, but you can still type: commands are answered, and no timer fires. ' +
            'The next output is the next thing that a program or a terminal shows, or a process that starts or ends; the next timer is what Redis would do next by itself.',
        ),
        element(
          'p',
          {},
          'Time that you let pass goes from timer to timer, each at its moment, as if you had waited. Time that you sleep through is gone at once, as on a laptop that was closed: ' +
            'every timer in between fires late, and Sentinels, which notice the gap, take no action for 30 seconds (TILT).',
        ),
      ),
      this.#rewind.root,
    ];
  }

  #take(lab: Lab | undefined): void {
    this.#lab = lab;
    this.#shown = undefined;
    this.#rewind.take(lab);
    void this.#look();
  }

  async #look(): Promise<void> {
    const lab = this.#lab;
    if (!lab) return;
    try {
      const clock = await lab.machine.clock();
      if (lab !== this.#lab) return;
      this.#shown = { clock, atMs: performance.now() };
      this.#draw();
      await this.#rewind.look();
    } catch {
      // The machine has ended; the page tells everybody when there is another.
      this.#shown = undefined;
    }
  }

  #draw(): void {
    for (const { button } of this.#rates) button.disabled = !this.#lab;
    if (!this.#shown) return;
    const { clock, atMs } = this.#shown;
    const sinceMs = (performance.now() - atMs) * clock.rate;
    this.#time.textContent = timeWords(clock.nowMs + sinceMs);
    this.#state.textContent = `Up for ${lengthWords(clock.uptimeMs + sinceMs)}, ${rateWords(clock.rate)}.`;
    for (const { rate, button } of this.#rates) button.setAttribute('aria-pressed', String(rate === clock.rate));
  }

  async #booted(): Promise<Lab> {
    return this.#lab ?? pageLab();
  }

  async #setRate(rate: number): Promise<string> {
    const { machine } = await this.#booted();
    await chooseClockRate(machine, rate);
    await this.#look();
    return rate === 0 ? 'The clock is paused.' : `Time passes ${rateWords(rate)}.`;
  }

  async #toNext(what: 'output' | 'timer'): Promise<string> {
    const { machine } = await this.#booted();
    await chooseClockRate(machine, 0);
    const before = await machine.clock();
    const came = await machine.advanceToNext(what, EVENT_LIMIT_MS);
    const passed = lengthWords((await machine.clock()).uptimeMs - before.uptimeMs);
    await this.#look();
    if (!came) return `Paused: there was none within ${passed}.`;
    return `Paused ${passed} later, at the next ${what}.`;
  }

  #passOrStop(): void {
    if (this.#passing) this.#passing.abort();
    else void this.#actions.do(() => this.#letPass());
  }

  async #letPass(): Promise<string> {
    const ms = readSeconds(this.#seconds.value);
    this.#markSeconds(ms !== undefined);
    if (ms === undefined) return WRONG_SECONDS;
    const { machine } = await this.#booted();
    const stop = new AbortController();
    this.#passing = stop;
    this.#actions.onNext = () => stop.abort();
    this.#pass.textContent = 'Stop';
    try {
      const passedMs = await passTime(machine, ms, stop.signal, () => void this.#look());
      await this.#look();
      return `${lengthWords(passedMs)} have passed.`;
    } finally {
      this.#passing = undefined;
      this.#actions.onNext = undefined;
      this.#pass.textContent = 'Let them pass';
    }
  }

  async #sleep(): Promise<string> {
    const ms = readSeconds(this.#seconds.value);
    this.#markSeconds(ms !== undefined);
    if (ms === undefined) return WRONG_SECONDS;
    const { machine } = await this.#booted();
    await machine.jump(ms);
    await this.#look();
    return `Slept through ${lengthWords(ms)}.`;
  }

  #markSeconds(valid: boolean): void {
    this.#seconds.setAttribute('aria-invalid', String(!valid));
  }
}
