import type { Snapshot } from '../kernel/snapshot.ts';
import { MachineError, type Save, type SaveId } from '../machine.ts';

/** Memory that the saves of one machine may take, and how many there may be. */
export interface ShelfLimits {
  bytes: number;
  count: number;
}
const LIMITS: ShelfLimits = { bytes: 512 * 1024 * 1024, count: 256 };

interface Kept {
  description: Omit<Save, 'ownBytes'>;
  snapshot: Snapshot;
}

/** The saves of a machine. Pages that several of them contain count once. */
export class SaveShelf {
  readonly #limits: ShelfLimits;
  readonly #kept = new Map<SaveId, Kept>();
  /** How many saves contain a page. */
  readonly #uses = new Map<Int32Array, number>();
  #bytes = 0;
  #nextId = 1;

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** Bytes of all pages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Throws `MachineError` ENOSPC if it does not fit, even without those that have no label. */
  keep(snapshot: Snapshot, description: Omit<Save, 'id' | 'ownBytes'>): Save {
    const id = this.#nextId++;
    this.#kept.set(id, { description: { id, ...description }, snapshot });
    for (const page of snapshot.pagesInUse()) {
      const uses = this.#uses.get(page) ?? 0;
      if (uses === 0) this.#bytes += page.byteLength;
      this.#uses.set(page, uses + 1);
    }
    this.#makeRoom(id);
    return this.#describe(this.#get(id));
  }

  /** Throws `MachineError` ENOENT. */
  snapshot(id: SaveId): Snapshot {
    return this.#get(id).snapshot;
  }

  /** Whether it is still kept. */
  has(snapshot: Snapshot): boolean {
    return [...this.#kept.values()].some((kept) => kept.snapshot === snapshot);
  }

  /** The one that was kept last. */
  get newest(): Snapshot | undefined {
    return [...this.#kept.values()].at(-1)?.snapshot;
  }

  /** All of them, the oldest first. */
  get saves(): Save[] {
    return [...this.#kept.values()].map((kept) => this.#describe(kept));
  }

  drop(id: SaveId): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    this.#kept.delete(id);
    for (const page of kept.snapshot.pagesInUse()) {
      const uses = this.#uses.get(page)! - 1;
      if (uses > 0) this.#uses.set(page, uses);
      else {
        this.#uses.delete(page);
        this.#bytes -= page.byteLength;
      }
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#uses.clear();
    this.#bytes = 0;
  }

  #makeRoom(newest: SaveId): void {
    const tooMuch = (): boolean => this.#bytes > this.#limits.bytes || this.#kept.size > this.#limits.count;
    for (const [id, { description }] of this.#kept) {
      if (!tooMuch()) return;
      if (id !== newest && description.label === '') this.drop(id);
    }
    if (!tooMuch()) return;
    this.drop(newest);
    throw new MachineError('ENOSPC', `There is no room for another save. Drop one of the ${this.#kept.size}.`);
  }

  #get(id: SaveId): Kept {
    const kept = this.#kept.get(id);
    if (!kept) throw new MachineError('ENOENT', `There is no save ${id}.`);
    return kept;
  }

  #describe({ description, snapshot }: Kept): Save {
    let ownBytes = 0;
    for (const page of snapshot.pagesInUse()) if (this.#uses.get(page) === 1) ownBytes += page.byteLength;
    return { ...description, ownBytes };
  }
}
