import { type Machine, MachineError, type MachineEvent, type Save, type SaveId } from '../machine.ts';
import { firstToGo } from './history-thinning.ts';

/** A save of a history, with what was about to be done when it was made: nothing for those of `follow`. */
export interface Mark extends Save {
  reason?: string;
}

/** A mark on its time line. */
interface Point {
  readonly mark: Mark;
  /** The one before it, which may have been dropped. */
  readonly earlier: Point | undefined;
}

/**
 * Saves of a machine as it goes on, for "back 10 s", "back to before the kill" and "the other way". Time lines fork where
 * one has gone back, so the saves are a tree. Those that nobody has named are few: `firstToGo` says which are dropped; and
 * since they have no label the machine drops them too when room is needed.
 */
export class History {
  readonly #machine: Machine;
  readonly #everyMs: number;
  readonly #points = new Map<SaveId, Point>();
  /** The last point of the time line that the machine is on; undefined if its save was none of these. */
  #head: Point | undefined;
  /** The end of the time line that was left last. */
  #left: Point | undefined;
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
  get saves(): readonly Mark[] {
    return this.#lineTo(this.#head);
  }

  /** Before the last thing that a reason was given for on this time line: where `backToReason` goes. */
  get lastWithReason(): Mark | undefined {
    return this.saves.findLast(({ reason }) => reason !== undefined);
  }

  /** The end of the time line that was left last: where `otherWay` goes. Undefined if none was left, or it is not kept. */
  get other(): Mark | undefined {
    return this.#left?.mark;
  }

  /** Whether a save is on the time line that the machine is on; undefined for one that is not of this history. */
  onThisWay(id: SaveId): boolean | undefined {
    return this.#points.has(id) ? this.saves.some((mark) => mark.id === id) : undefined;
  }

  /**
   * Saves now: before something is done that one may want to undo.
   *
   * @param reason what is about to be done, in words
   */
  async mark(reason?: string): Promise<Mark> {
    // Two at the same instant would be one save twice.
    this.#saving ??= this.#machine.save();
    let save: Save;
    try {
      save = await this.#saving;
    } finally {
      this.#saving = undefined;
    }
    this.#append(reason === undefined ? save : { ...save, reason });
    const line = this.saves;
    const surplus = firstToGo(line);
    if (surplus) await this.drop(surplus.id);
    return this.#points.get(save.id)?.mark ?? save;
  }

  /** Saves now under a name; kept until it is dropped. Rejects with `MachineError` ENOSPC if there is no room. */
  async name(label: string): Promise<Mark> {
    const save = await this.#machine.save(label);
    this.#append(save);
    return save;
  }

  /** To be called as often as the page likes: saves if it is time. */
  async follow(): Promise<void> {
    const { uptimeMs } = await this.#machine.clock();
    const last = this.saves.at(-1);
    if (!last || uptimeMs - last.uptimeMs >= this.#everyMs) await this.mark();
  }

  /**
   * Goes back by `ms` or, as saves are so far apart, somewhat more; at the most to the oldest save. Resolves with where that
   * is. Rejects with `MachineError` ENOENT if nothing is kept.
   */
  async back(ms: number): Promise<Mark> {
    const { uptimeMs } = await this.#machine.clock();
    await this.look();
    const line = this.saves;
    const target = line.findLast((save) => save.uptimeMs <= uptimeMs - ms) ?? line[0];
    if (!target) throw new MachineError('ENOENT', 'There is nothing to go back to: there are no saves.');
    return this.goTo(target.id);
  }

  /** Goes back to before the last thing that `mark` was given a reason for. Rejects with ENOENT if there is none. */
  async backToReason(): Promise<Mark> {
    await this.look();
    const target = this.lastWithReason;
    if (!target) throw new MachineError('ENOENT', 'Nothing has been done that could be undone.');
    return this.goTo(target.id);
  }

  /** Goes to the end of the time line that was left last; the one that this leaves is then the other. Rejects with ENOENT. */
  async otherWay(): Promise<Mark> {
    await this.look();
    if (!this.#left) throw new MachineError('ENOENT', 'No other way has been taken, or its end is no longer stored.');
    return this.goTo(this.#left.mark.id);
  }

  /** Puts the machine back to a save, on whatever time line it is; the present is saved as the end of the one left. */
  async goTo(id: SaveId): Promise<Mark> {
    const present: Point = { mark: await this.#machine.save(), earlier: this.#head };
    try {
      await this.#machine.restore(id);
    } catch (error) {
      await this.#machine.dropSave(present.mark.id);
      throw error;
    }
    this.#points.set(present.mark.id, present);
    this.#left = present;
    this.#head = this.#points.get(id);
    await this.#forgetOtherLines();
    const saves = await this.#machine.saves();
    return this.#head?.mark ?? saves.find((save) => save.id === id)!;
  }

  /** Drops a save, one with a name too. */
  async drop(id: SaveId): Promise<void> {
    this.#forget(id);
    await this.#machine.dropSave(id);
  }

  /** Forgets what the machine does not keep any more. Resolves with all that it keeps, the oldest first. */
  async look(): Promise<readonly Mark[]> {
    const saves = await this.#machine.saves();
    const kept = new Set(saves.map(({ id }) => id));
    for (const id of [...this.#points.keys()]) if (!kept.has(id)) this.#forget(id);
    return saves.map((save) => ({ ...this.#points.get(save.id)?.mark, ...save }));
  }

  #append(mark: Mark): void {
    const known = this.#points.get(mark.id);
    // Whoever shares a save with another, and has a reason, says so.
    const earlier = known ? known.earlier : this.#head;
    const point: Point = { mark: { ...known?.mark, ...mark }, earlier };
    this.#points.set(mark.id, point);
    this.#head = point;
  }

  #lineTo(end: Point | undefined): Mark[] {
    const line: Mark[] = [];
    for (let point = end; point; point = point.earlier) if (this.#points.has(point.mark.id)) line.push(point.mark);
    return line.reverse();
  }

  #forget(id: SaveId): void {
    this.#points.delete(id);
    if (this.#left?.mark.id === id) this.#left = undefined;
  }

  /** Of the time lines that were left earlier, what has a name stays. */
  async #forgetOtherLines(): Promise<void> {
    const needed = new Set([...this.#lineTo(this.#head), ...this.#lineTo(this.#left)].map(({ id }) => id));
    for (const [id, { mark }] of [...this.#points]) {
      if (mark.label === '' && !needed.has(id)) await this.drop(id);
    }
  }

  #noted(event: MachineEvent): void {
    // A save of somebody else's has a past that is not known here.
    if (event.type === 'restored') this.#head = this.#points.get(event.save);
  }
}
