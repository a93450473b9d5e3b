import type { PlayedStep } from '../transcript/play.ts';
import { renderStep, summarise } from './reply-view.ts';

/** What a block's bar can be asked for. */
export interface BlockActions {
  reset(): void;
}

/** One fence on the page: its bar with Run, status and Reset, and beneath it what the machine replied. */
export class BlockView {
  readonly figure: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #runLabel: string;
  readonly #status: HTMLElement;
  readonly #actions: BlockActions;
  #progress: HTMLProgressElement | undefined;
  #resetButton: HTMLButtonElement | undefined;
  #result: HTMLElement | undefined;

  constructor(figure: HTMLElement, actions: BlockActions) {
    this.figure = figure;
    this.#actions = actions;
    this.#bar = find(figure, '.redis-bar');
    this.#button = find<HTMLButtonElement>(this.#bar, '.redis-run');
    this.#status = find(this.#bar, '.redis-status');
    this.#runLabel = this.#button.getAttribute('aria-label') ?? 'Run';
  }

  get isBusy(): boolean {
    return this.#button.getAttribute('aria-disabled') === 'true';
  }

  /** Asked for, and perhaps waiting for the engine or for other blocks. The button keeps the focus. */
  showBusy(): void {
    this.#button.setAttribute('aria-disabled', 'true');
    this.#say('Running.');
  }

  /** Steps are about to come; those of an earlier run go. */
  showBegun(): void {
    this.#result?.remove();
    this.#result = document.createElement('div');
    this.#result.className = 'redis-result';
    this.#result.setAttribute('role', 'group');
    this.#result.setAttribute('aria-label', "Replies of this page's machine");
    this.figure.append(this.#result);
  }

  showStep(step: PlayedStep): void {
    this.#result?.append(renderStep(step));
  }

  showEnded(steps: readonly PlayedStep[]): void {
    this.#idle('Run again');
    this.#say(summarise(steps));
    this.#offerReset('Reset');
  }

  /** The engine's files are on their way. `receivedBytes` of `totalBytes`, the latter 0 while unknown. */
  showLoading(receivedBytes: number, totalBytes: number): void {
    if (!this.#progress) {
      this.#say('Loading the engine.');
      this.#progress = document.createElement('progress');
      this.#progress.setAttribute('aria-label', 'Engine loaded');
      this.#status.before(this.#progress);
    }
    if (totalBytes > 0) {
      this.#progress.max = totalBytes;
      this.#progress.value = receivedBytes;
    }
  }

  showLoaded(): void {
    this.#progress?.remove();
    this.#progress = undefined;
  }

  /** Takes long; nothing is wrong yet, but there is a way out. */
  showSlow(): void {
    this.#say('Still running. Reset stops it.');
    this.#offerReset('Reset');
  }

  showFailure(message: string): void {
    this.showLoaded();
    this.#idle('Run');
    this.#say(message);
    this.#offerReset('Restart');
  }

  /** As the page was delivered. */
  clear(): void {
    this.showLoaded();
    this.#idle('Run');
    this.#result?.remove();
    this.#result = undefined;
    if (this.#resetButton === document.activeElement) this.#button.focus();
    this.#resetButton?.remove();
    this.#resetButton = undefined;
    this.#say('');
  }

  #idle(label: 'Run' | 'Run again'): void {
    this.#button.removeAttribute('aria-disabled');
    this.#button.textContent = label;
    this.#button.setAttribute('aria-label', this.#runLabel.replace(/^Run/, label));
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }

  #offerReset(label: 'Reset' | 'Restart'): void {
    if (!this.#resetButton) {
      this.#resetButton = document.createElement('button');
      this.#resetButton.type = 'button';
      this.#resetButton.className = 'redis-quiet';
      this.#resetButton.addEventListener('click', () => this.#actions.reset());
      this.#bar.append(this.#resetButton);
    }
    this.#resetButton.textContent = label;
    this.#resetButton.setAttribute('aria-label', `${label} this page's machine`);
  }
}

function find<Found extends HTMLElement = HTMLElement>(parent: HTMLElement, selector: string): Found {
  const found = parent.querySelector<Found>(selector);
  if (!found) throw new Error(`a redis fence has no ${selector}; the Expressive Code plugin writes it`);
  return found;
}
