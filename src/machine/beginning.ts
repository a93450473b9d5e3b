import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { MachineError, type Save } from '../../wasm-redis/machine.ts';
import type { PageMachineSetup } from './page-machine.ts';

/** A machine that has not answered after so much real time is booted anew instead. */
const ANSWER_LIMIT_MS = 1000;
/** In the list of saves. */
const LABEL = 'as it was started';

/** How a lab was when it had been started, kept as a save: to begin anew without a boot. */
export class Beginning {
  readonly #lab: Lab;
  readonly #topology: string;
  readonly #save: Promise<Save | undefined>;
  readonly #tell: (phase: 'booting' | 'ready') => void;

  private constructor(lab: Lab, save: Promise<Save | undefined>, tell: (phase: 'booting' | 'ready') => void) {
    this.#lab = lab;
    this.#topology = JSON.stringify(lab.topology);
    this.#save = save;
    this.#tell = tell;
  }

  /**
   * Keeps what was just booted; nobody has to wait for it, since later calls to the machine come after it. Undefined where
   * a boot is quick as well, and where files are kept between visits: they are not the machine's alone.
   *
   * @param tell told when the machine begins anew, and when it has
   */
  static of(lab: Lab, setup: PageMachineSetup, tell: (phase: 'booting' | 'ready') => void): Beginning | undefined {
    if (lab.nodes.length < 2 || setup.saveAs !== undefined) return undefined;
    return new Beginning(lab, lab.machine.save(LABEL).catch(machineHasNoMore), tell);
  }

  /** Puts the lab back to it. False if that cannot be: it is another machine that is wanted, or there is no answer. */
  async enter(lab: Lab, setup: PageMachineSetup): Promise<boolean> {
    if (lab !== this.#lab || JSON.stringify(setup.topology) !== this.#topology) return false;
    this.#tell('booting');
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWER_LIMIT_MS));
    const there = await Promise.race([this.#restore(), late]);
    if (there) this.#tell('ready');
    return there;
  }

  async #restore(): Promise<boolean> {
    const save = await this.#save;
    if (!save) return false;
    try {
      await this.#lab.machine.restore(save.id);
      await this.#lab.locate();
      return true;
    } catch (error) {
      // Somebody has dropped it, or the machine has ended.
      machineHasNoMore(error);
      return false;
    }
  }
}

function machineHasNoMore(error: unknown): undefined {
  if (!(error instanceof MachineError)) throw error;
}
