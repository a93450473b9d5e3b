import { element } from '../dom/element.ts';
import type { PageMachineState } from '../machine/page-machine.ts';

/** What a reader sees of the engine's state: a progress bar while it comes, a remark when it is busy, a failure in words. */
export class EngineStatus {
  readonly #text = element('p', { class: 'rt-engine-text' });
  /** Changes with every chunk, so it is not read aloud; the progress bar has the value. */
  readonly #amount = element('span', { class: 'rt-amount', 'aria-hidden': 'true' });
  readonly #progress = element('progress', { 'aria-label': 'Engine progress' });
  readonly #restart: HTMLButtonElement;
  readonly root: HTMLElement;

  /** @param onRestart the reader wants to try again */
  constructor(onRestart: () => void) {
    this.#restart = element('button', { type: 'button', class: 'rt-action', click: () => onRestart() }, 'Restart');
    const parts = [this.#text, this.#amount, this.#progress, this.#restart];
    this.root = element('div', { class: 'rt-engine', role: 'status' }, ...parts);
  }

  show(state: PageMachineState): void {
    this.root.dataset['kind'] = state.kind;
    this.root.hidden = state.kind === 'ready' || state.kind === 'idle';
    const text = describe(state);
    // Said once, not with every chunk that arrives.
    if (this.#text.textContent !== text) this.#text.textContent = text;
    this.#amount.textContent = '';
    this.#restart.hidden = state.kind !== 'failed';
    this.#progress.hidden = state.kind !== 'loading' && state.kind !== 'booting';
    if (state.kind === 'loading' && state.totalBytes > 0) {
      this.#progress.max = state.totalBytes;
      this.#progress.value = state.receivedBytes;
      this.#amount.textContent = `${megabytes(state.receivedBytes)} of ${megabytes(state.totalBytes)} MB`;
    } else if (state.kind === 'booting' && state.progress && state.progress.nodes > 1) {
      const { listening, nodes, missing } = state.progress;
      this.#progress.max = nodes;
      this.#progress.value = listening;
      this.#amount.textContent = missing ?? `${String(listening)} of ${String(nodes)}`;
    } else this.#progress.removeAttribute('value');
  }
}

function describe(state: PageMachineState): string {
  switch (state.kind) {
    case 'idle':
    case 'ready':
      return '';
    case 'loading':
      return 'Fetching Redis';
    case 'booting':
      return state.progress && state.progress.nodes > 1
        ? `Starting ${String(state.progress.nodes)} processes`
        : 'Starting Redis';
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
