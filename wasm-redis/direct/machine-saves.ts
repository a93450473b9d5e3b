import type { Driver } from '../kernel/driver.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Snapshot } from '../kernel/snapshot.ts';
import type { Save, SaveId } from '../machine.ts';
import type { Handles } from './handles.ts';
import { SaveShelf } from './save-shelf.ts';

/** Saves a machine, and puts it back with all that is held of it from outside. See `Machine.save` and `Machine.restore`. */
export class MachineSaves {
  readonly #kernel: Kernel;
  readonly #driver: Driver;
  readonly #handles: Handles;
  readonly #shelf = new SaveShelf();
  /** The machine was last like this: the next save has the most in common with it. */
  #last: Snapshot | undefined;

  constructor(kernel: Kernel, driver: Driver, handles: Handles) {
    this.#kernel = kernel;
    this.#driver = driver;
    this.#handles = handles;
  }

  /** Whether the machine could be put back. */
  get any(): boolean {
    return this.#shelf.newest !== undefined;
  }

  get all(): Save[] {
    return this.#shelf.saves;
  }

  async save(label: string): Promise<Save> {
    await this.#driver.idle();
    const { nowMs, uptimeMs } = this.#kernel.clock.state;
    const snapshot = this.#kernel.snapshot([this.#handles], this.#last);
    const save = this.#shelf.keep(snapshot, { label, nowMs, uptimeMs });
    this.#last = snapshot;
    return save;
  }

  /** Resolves when everything is as it was; nothing has run since. */
  async restore(save: SaveId): Promise<void> {
    await this.#driver.idle();
    const snapshot = this.#shelf.snapshot(save);
    // What has been shown by now was shown, before it is taken back.
    this.#kernel.flush();
    snapshot.restore();
    this.#last = snapshot;
    this.#handles.resume(this.#kernel);
    this.#driver.restored();
  }

  drop(save: SaveId): void {
    this.#shelf.drop(save);
    if (this.#last && !this.#shelf.has(this.#last)) this.#last = this.#shelf.newest;
  }

  clear(): void {
    this.#shelf.clear();
    this.#last = undefined;
  }
}
