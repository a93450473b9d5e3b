import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE } from '../build-engine/places.ts';
import type { TestResult } from './suite-output.ts';

/** How a unit went. */
export interface UnitResult {
  tests: TestResult[];
  seconds: number;
}

/**
 * What units gave when they were last run, kept in the cache: a run of all takes long, and may be interrupted, or be
 * followed by one of the few units that matter.
 */
export class UnitResults {
  readonly #file: string;
  #units: Record<string, UnitResult>;

  /** @param name says all that the results depend on */
  constructor(name: string, folder = join(CACHE, 'upstream')) {
    this.#file = join(folder, `${name}.json`);
    this.#units = this.#read();
  }

  has(unit: string): boolean {
    return unit in this.#units;
  }

  /** Kept at once, beside what another run has kept meanwhile. */
  put(unit: string, result: UnitResult): void {
    this.#units = { ...this.#read(), [unit]: result };
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(this.#units));
  }

  /** The tests of those units of which there are results, in this order. */
  tests(units: readonly string[]): TestResult[] {
    return units.flatMap((unit) => this.#units[unit]?.tests ?? []);
  }

  /** How long those units took together. */
  minutes(units: readonly string[]): number {
    const seconds = units.reduce((sum, unit) => sum + (this.#units[unit]?.seconds ?? 0), 0);
    return Math.round(seconds / 6) / 10;
  }

  #read(): Record<string, UnitResult> {
    if (!existsSync(this.#file)) return {};
    return JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, UnitResult>;
  }
}
