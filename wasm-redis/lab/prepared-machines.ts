import type { Machine, SaveId } from '../machine.ts';

/** Brings a machine on which nothing runs to where a lesson begins. */
export type Preparation = (machine: Machine) => Promise<void>;

/**
 * The machines that lessons begin with, all of them on one machine: each is prepared when it is first entered, and saved;
 * from then on it is there at once, whatever has been done to the machine meanwhile. Handles from before (terminals,
 * connections) are as `Machine.restore` leaves them.
 */
export class PreparedMachines {
  readonly #machine: Machine;
  readonly #blank: SaveId;
  readonly #prepared = new Map<string, SaveId>();
  /** One after the other: two preparations at once would be one muddle. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(machine: Machine, blank: SaveId) {
    this.#machine = machine;
    this.#blank = blank;
  }

  /** Takes over a machine: as it is now, with its terminals, is where every preparation begins. */
  static async on(machine: Machine): Promise<PreparedMachines> {
    const { id } = await machine.save('before all preparations');
    return new PreparedMachines(machine, id);
  }

  /** Whether `enter` would be immediate. */
  has(name: string): boolean {
    return this.#prepared.has(name);
  }

  /**
   * Makes the machine the one of that name. Rejects with what the preparation rejects with; the machine is then as it was
   * before all preparations, and the next call tries again.
   *
   * @param prepare for the first time
   */
  enter(name: string, prepare: Preparation): Promise<void> {
    const entered = this.#last.then(() => this.#enter(name, prepare));
    this.#last = entered.catch(() => undefined);
    return entered;
  }

  /** Forgets one, so that it is prepared anew when it is next entered. */
  async drop(name: string): Promise<void> {
    const save = this.#prepared.get(name);
    this.#prepared.delete(name);
    if (save !== undefined) await this.#machine.dropSave(save);
  }

  async #enter(name: string, prepare: Preparation): Promise<void> {
    const known = this.#prepared.get(name);
    await this.#machine.restore(known ?? this.#blank);
    if (known !== undefined) return;
    try {
      await prepare(this.#machine);
      const { id } = await this.#machine.save(`prepared: ${name}`);
      this.#prepared.set(name, id);
    } catch (error) {
      await this.#machine.restore(this.#blank);
      throw error;
    }
  }
}
