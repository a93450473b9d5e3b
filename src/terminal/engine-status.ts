import { element } from '../dom/element.ts';
import type { PageMachineState } from '../machine/page-machine.ts';

/** What a reader sees of the engine's state: a progress bar while it comes, a remark when it is busy, a failure in words. */
export class EngineStatus {
  readonly #text = element('p', { class: 'rt-engine-text' });
  readonly #progress = element('progress', { 'aria-label': 'Download of the engine' });
  readonly #restart: HTMLButtonElement;
  readonly root: HTMLElement;

  /** @param onRestart the reader wants to try again */
  constructor(onRestart: () => void) {
    this.#restart = element('button', { type: 'button', class: 'rt-action', click: () => onRestart() }, 'Restart');
    this.root = element('div', { class: 'rt-engine', role: 'status' }, this.#text, this.#progress, this.#restart);
  }

  show(state: PageMachineState): void {
    this.root.dataset['kind'] = state.kind;
    this.root.hidden = state.kind === 'ready' || state.kind === 'idle';
    this.#text.textContent = describe(state);
    this.#restart.hidden = state.kind !== 'failed';
    this.#progress.hidden = state.kind !== 'loading' && state.kind !== 'booting';
    if (state.kind === 'loading' && state.totalBytes > 0) {
      this.#progress.max = state.totalBytes;
      this.#progress.value = state.receivedBytes;
    } else this.#progress.removeAttribute('value');
  }
}

function describe(state: PageMachineState): string {
  switch (state.kind) {
    case 'idle':
    case 'ready':
      return '';
    case 'loading': {
      if (state.totalBytes === 0) return 'Fetching Redis';
      return `Fetching Redis, ${megabytes(state.receivedBytes)} of ${megabytes(state.totalBytes)} MB`;
    }
    case 'booting':
      return 'Starting Redis';
    case 'busy':
      return navigator.serviceWorker?.controller
        ? 'A server is busy in a script or a long command. What you type still arrives, here or in another terminal.'
        : 'A server is busy in a script or a long command. Wait for it, or reset the machine.';
    case 'failed':
      return `The terminal has stopped. ${sentence(state.error.message)} The rest of the page works without it.`;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function sentence(message: string): string {
  const start = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
