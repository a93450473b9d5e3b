import { type Effort, type Measurement } from './measure.ts';

/** `reports/bench.json`: the last run of all rows that was kept. */
export interface BenchReport {
  /** Day of the run. */
  date: string;
  /** The processor as it calls itself, and how many of them this computer has. */
  computer: string;
  node: string;
  effort: Effort;
  commands: readonly Measurement[];
}
