import { element } from '../../dom/element.ts';
import { clockWords } from './clock-words.ts';

/** How much of the past the lanes show; 0 is all of it. */
const SPANS_MS: readonly (readonly [name: string, ms: number])[] = [
  ['everything', 0],
  ['5 minutes', 300_000],
  ['1 minute', 60_000],
  ['20 s', 20_000],
  ['5 s', 5000],
];
/** Arrow keys move by a five-hundredth of the span. */
const STEPS = 500;

/** Where one looks: now, and then it goes on with the clock; or a time in the past, and then it stays. */
export class Scrubber {
  readonly root: HTMLElement;
  readonly #range = element('input', { type: 'range', 'aria-label': 'Time shown' });
  readonly #time = element('output', { class: 'tl-clock' });
  readonly #live = element('button', { type: 'button', class: 'lp-button', click: () => this.goTo(undefined) }, 'Now');
  readonly #span = element(
    'select',
    {},
    ...SPANS_MS.map(([name, ms]) => element('option', { value: String(ms) }, name)),
  );
  readonly #onChange: () => void;
  #atMs: number | undefined;
  #firstMs = 0;
  #nowMs = 0;

  /** @param onStep asked to go to the next event before or after the shown time */
  constructor(onChange: () => void, onStep: (direction: -1 | 1) => void) {
    this.#onChange = onChange;
    this.#range.addEventListener('input', () => this.goTo(this.#range.valueAsNumber));
    this.#span.addEventListener('change', () => {
      this.#draw();
      onChange();
    });
    const step = (label: string, direction: -1 | 1): HTMLElement =>
      element('button', { type: 'button', class: 'lp-button', click: () => onStep(direction) }, label);
    this.root = element(
      'div',
      { class: 'tl-scrubber' },
      this.#range,
      element(
        'div',
        { class: 'tl-row-of-buttons' },
        this.#time,
        step('Previous event', -1),
        step('Next event', 1),
        this.#live,
        element('label', { class: 'tl-field-label' }, 'Show', this.#span),
      ),
    );
  }

  /** The time that is looked at, and whether it is a past one. */
  get time(): { atMs: number; isPast: boolean } {
    return { atMs: this.#atMs ?? this.#nowMs, isPast: this.#atMs !== undefined };
  }

  /** The span of the lanes: it ends now, or goes with the time that is looked at when that lies before it. */
  get span(): { fromMs: number; toMs: number } {
    const lengthMs = Number(this.#span.value);
    if (lengthMs === 0 || this.#nowMs - lengthMs <= this.#firstMs) return { fromMs: this.#firstMs, toMs: this.#nowMs };
    const toMs = Math.min(this.#nowMs, Math.max((this.#atMs ?? this.#nowMs) + lengthMs / 2, this.#firstMs + lengthMs));
    return { fromMs: toMs - lengthMs, toMs };
  }

  /** Goes to a past time, or with undefined to now. */
  goTo(atMs: number | undefined): void {
    this.#atMs = atMs === undefined || atMs >= this.#nowMs ? undefined : Math.max(this.#firstMs, atMs);
    this.#draw();
    this.#onChange();
  }

  /** Time has gone on, or it is another machine's. Says nothing to the listener. */
  update(firstMs: number, nowMs: number): void {
    if (nowMs < this.#nowMs) this.#atMs = undefined;
    this.#firstMs = firstMs;
    this.#nowMs = nowMs;
    this.#draw();
  }

  #draw(): void {
    const { atMs, isPast } = this.time;
    this.#range.min = String(this.#firstMs);
    this.#range.max = String(this.#nowMs);
    this.#range.step = String(Math.max(1, Math.round((this.#nowMs - this.#firstMs) / STEPS)));
    this.#range.value = String(atMs);
    const words = clockWords(atMs);
    this.#range.setAttribute('aria-valuetext', isPast ? words : `${words}, now`);
    this.#time.textContent = isPast ? words : `${words} now`;
    this.#live.disabled = !isPast;
  }
}
