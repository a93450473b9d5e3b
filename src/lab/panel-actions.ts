import { MachineError } from '../../wasm-redis/machine.ts';
import { element } from '../dom/element.ts';

/** What a panel's buttons do, one after the other, and what they have to say: in a line that is read aloud. */
export class PanelActions {
  readonly status = element('p', { class: 'lc-status', role: 'status' });
  /** Told when something is asked for while another thing goes on: what can be stopped stops then. */
  onNext: (() => void) | undefined;
  #last: Promise<void> = Promise.resolve();

  say(text: string): void {
    this.status.textContent = text;
  }

  /**
   * Does something after all that was asked for before, and says what it resolves with. A failure that the reader can have
   * caused is said in words; everything else is thrown on.
   */
  do(act: () => Promise<string>): Promise<void> {
    this.onNext?.();
    this.#last = this.#last.then(async () => {
      try {
        this.say(await act());
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        const rewound = error instanceof MachineError && error.code === 'ERESTORED';
        this.say(rewound ? 'The machine was put back in the meantime.' : error.message);
      }
    });
    return this.#last;
  }

  /** A button of the panel. */
  button(
    label: string,
    act: () => Promise<string>,
    attributes: { class?: string; title?: string } = {},
  ): HTMLButtonElement {
    return element(
      'button',
      { type: 'button', class: 'lp-button', ...attributes, click: () => void this.do(act) },
      label,
    );
  }
}
