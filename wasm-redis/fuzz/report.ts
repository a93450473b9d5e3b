/** A run of one fuzzer. */
export interface FuzzRun {
  /** Day of the run. */
  date: string;
  minutes: number;
  firstSeed: number;
  executions: number;
  findings: number;
}

/** `reports/fuzz.json`: the last long run of each target, by its name. */
export type FuzzReport = Readonly<Record<string, FuzzRun>>;
