import { type Info, infoNumber } from './info.ts';

/** What a node said of itself at one time of the machine. Undefined: it did not say. */
export interface Sample {
  /** Of the machine. */
  uptimeMs: number;
  /** As Redis counts it: the mean of its last 1.6 s. */
  opsPerSecond: number | undefined;
  /** Hits among the reads since the sample before, 0 to 1; undefined without a read. */
  hitRate: number | undefined;
  memoryBytes: number | undefined;
  clients: number | undefined;
}

interface Reads {
  hits: number;
  misses: number;
}

const SAMPLES_MAX = 240;

/** The last samples of one node. */
export class Samples {
  #samples: Sample[] = [];
  #reads: Reads | undefined;

  get all(): readonly Sample[] {
    return this.#samples;
  }

  clear(): void {
    this.#samples = [];
    this.#reads = undefined;
  }

  /**
   * Adds what INFO said at a time of the machine. While the clock stands the last sample is replaced; when it has gone
   * back, everything later is forgotten.
   */
  add(uptimeMs: number, info: Info): void {
    const kept = this.#samples.filter((sample) => sample.uptimeMs < uptimeMs);
    if (kept.length < this.#samples.length - 1) this.#reads = undefined;
    const reads = readsOf(info);
    const replaced = this.#samples.length > kept.length ? this.#samples.at(-1) : undefined;
    kept.push({
      uptimeMs,
      opsPerSecond: infoNumber(info, 'instantaneous_ops_per_sec'),
      hitRate: hitRate(this.#reads, reads) ?? (this.#reads ? replaced?.hitRate : undefined),
      memoryBytes: infoNumber(info, 'used_memory'),
      clients: infoNumber(info, 'connected_clients'),
    });
    this.#reads = reads;
    this.#samples = kept.slice(-SAMPLES_MAX);
  }
}

function readsOf(info: Info): Reads | undefined {
  const hits = infoNumber(info, 'keyspace_hits');
  const misses = infoNumber(info, 'keyspace_misses');
  return hits === undefined || misses === undefined ? undefined : { hits, misses };
}

function hitRate(before: Reads | undefined, now: Reads | undefined): number | undefined {
  if (!before || !now) return undefined;
  const [hits, misses] = [now.hits - before.hits, now.misses - before.misses];
  // A node that was started again counts from nothing.
  return hits < 0 || misses < 0 || hits + misses === 0 ? undefined : hits / (hits + misses);
}
