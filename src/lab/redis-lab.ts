import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { lessonSetup } from '../machine/lesson-setup.ts';
import {
  configurePageMachine,
  pageTopology,
  resetPageMachine,
  watchPageMachine,
  type PageMachineState,
} from '../machine/page-machine.ts';
import { askedMachine, LAB_MACHINES } from './lab-machines.ts';
import { pageLab } from './page-lab.ts';

/**
 * `<redis-lab>`: the form of the free lab, in which a machine is chosen and started. The address says which
 * (`?machine=cluster`), so that a choice can be linked to. The machine boots at once, before the terminal has loaded.
 */
export class RedisLab extends HTMLElement {
  #endWatch: (() => void) | undefined;

  connectedCallback(): void {
    const { name, unknown } = askedMachine(location.search);
    const choice = this.querySelector<HTMLInputElement>(`input[value="${name}"]`);
    if (choice) choice.checked = true;
    const remark = this.querySelector('.lab-remark');
    if (remark && unknown !== undefined) remark.textContent = `There is no machine ${unknown}. This is ${name}.`;
    configurePageMachine(lessonSetup({ topology: TOPOLOGIES[name], clients: {} }));
    this.#form.addEventListener('submit', this.#onSubmit);
    this.#form.addEventListener('change', () => this.#nameButton());
    this.#nameButton();
    this.#endWatch = watchPageMachine((state) => this.#show(state));
    void pageLab().catch(stateTells);
  }

  disconnectedCallback(): void {
    this.#endWatch?.();
    this.#form.removeEventListener('submit', this.#onSubmit);
  }

  get #form(): HTMLFormElement {
    const form = this.querySelector('form');
    if (!form) throw new Error('<redis-lab> has lost its form');
    return form;
  }

  get #chosen(): (typeof LAB_MACHINES)[number] | undefined {
    const value = new FormData(this.#form).get('machine');
    return LAB_MACHINES.find(({ name }) => name === value);
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const chosen = this.#chosen;
    if (!chosen) return;
    const address = new URL(location.href);
    address.searchParams.set('machine', chosen.name);
    history.replaceState(history.state, '', address);
    configurePageMachine(lessonSetup({ topology: TOPOLOGIES[chosen.name], clients: {} }));
    this.#nameButton();
    void resetPageMachine().catch(stateTells);
  };

  /** Another machine than the one that runs is started; the same one is started anew. */
  #nameButton(): void {
    const same = this.#chosen?.name === askedMachine(location.search).name;
    const button = this.querySelector('.lab-start');
    if (button) button.textContent = same ? 'Start over' : 'Start';
  }

  #show(state: PageMachineState): void {
    this.toggleAttribute('aria-busy', state.kind === 'loading' || state.kind === 'booting');
    const processes = pageTopology().nodes.length;
    const count = `${String(processes)} ${processes === 1 ? 'process' : 'processes'}`;
    if (state.kind === 'loading') this.#showProgress('Fetching Redis.', 0);
    else if (state.kind === 'booting') {
      const { listening = 0, missing } = state.progress ?? {};
      this.#showProgress(`Starting ${count}.`, listening / processes, missing ?? `${String(listening)} listening`);
    } else if (state.kind === 'ready') this.#showProgress(`${count} ready.`, 1);
    else if (state.kind === 'failed') this.#showProgress(`It could not be started: ${state.error.message}`, 0);
  }

  /** What is said changes rarely and is read aloud; the detail changes often and is only seen. */
  #showProgress(said: string, fraction: number, detail = ''): void {
    this.#say(said);
    const shown = this.querySelector('.lab-detail');
    if (shown) shown.textContent = detail;
    const progress = this.querySelector('progress');
    if (progress) progress.value = fraction;
  }

  #say(text: string): void {
    const status = this.querySelector('.lab-said');
    if (status && status.textContent !== text) status.textContent = text;
  }
}

/** For boots whose failure the machine's state already tells everybody. */
function stateTells(): void {}

customElements.define('redis-lab', RedisLab);
