import { type Machine, MachineError, type MachineEvent, type Save } from '../machine.ts';

/**
 * Saves of a machine as it goes on, for "back 10 s" and "back to before the kill". Its saves have no label, so the machine
 * drops the oldest when room is needed, never one that somebody has given a name.
 */
export class History {
  readonly #machine: Machine;
  readonly #everyMs: number;
  /** Saves of the time line that the machine is on, the oldest first. */
  #line: Save[] = [];
  #saving: Promise<Save> | undefined;

  private constructor(machine: Machine, everyMs: number) {
    this.#machine = machine;
    this.#everyMs = everyMs;
  }

  /** Begins with a save. @param everyMs of the machine's time, between two saves of `follow` */
  static async of(machine: Machine, everyMs = 1000): Promise<History> {
    const history = new History(machine, everyMs);
    await machine.subscribe((event) => history.#noted(event));
    await history.mark();
    return history;
  }

  /** What `back` can reach, the oldest first. */
  get saves(): readonly Save[] {
    return this.#line;
  }

  /** Saves now: before something is done that one may want to undo. */
  async mark(): Promise<Save> {
    // Two at the same instant would be one save twice.
    this.#saving ??= this.#machine.save();
    try {
      const save = await this.#saving;
      if (this.#line.at(-1)?.id !== save.id) this.#line.push(save);
      return save;
    } finally {
      this.#saving = undefined;
    }
  }

  /** To be called as often as the page likes: saves if it is time. */
  async follow(): Promise<void> {
    const { uptimeMs } = await this.#machine.clock();
    const last = this.#line.at(-1);
    if (!last || uptimeMs - last.uptimeMs >= this.#everyMs) await this.mark();
  }

  /**
   * Goes back by `ms` or, as saves are so far apart, somewhat more; at the most to the oldest save. Resolves with where that
   * is. Rejects with `MachineError` ENOENT if nothing is kept.
   */
  async back(ms: number): Promise<Save> {
    const { uptimeMs } = await this.#machine.clock();
    const kept = new Set((await this.#machine.saves()).map(({ id }) => id));
    this.#line = this.#line.filter(({ id }) => kept.has(id));
    const target = this.#line.findLast((save) => save.uptimeMs <= uptimeMs - ms) ?? this.#line[0];
    if (!target) throw new MachineError('ENOENT', 'There is nothing to go back to: no save is kept.');
    await this.#machine.restore(target.id);
    return target;
  }

  #noted(event: MachineEvent): void {
    if (event.type !== 'restored') return;
    // What lies after it is another time line's.
    const at = this.#line.findIndex(({ id }) => id === event.save);
    this.#line =
      at >= 0 ? this.#line.slice(0, at + 1) : this.#line.filter(({ uptimeMs }) => uptimeMs <= event.uptimeMs);
  }
}
