import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { type RoundTrips } from './round-trip.ts';

/** One long run. */
export interface DifferentialRun {
  /** Day on which it ended. */
  date: string;
  /** Version of the native server. */
  native: string;
  /** Sent to each of the two servers. */
  commands: number;
  /** Of the sequences and round trips. */
  seeds: { first: number; last: number };
  differences: number;
  /** How many different commands have been sent. */
  commandsCalled: number;
  /** Commands that were never without an error, and no reason is given for it. */
  commandsNeverSuccessful: readonly string[];
  roundTrips: RoundTrips;
}

/** `reports/differential.json`: the runs since the comparison has last been begun anew, several of which may go at once. */
export type DifferentialReport = readonly DifferentialRun[];

/** Adds a run to the report. @param anew whether the runs of before are dropped */
export async function addRun(file: string, run: DifferentialRun, anew: boolean): Promise<void> {
  const known = existsSync(file) && !anew ? (JSON.parse(readFileSync(file, 'utf8')) as DifferentialReport) : [];
  const runs = [...known, run].sort((a, b) => a.seeds.first - b.seeds.first);
  writeFileSync(file, await format(JSON.stringify(runs), { parser: 'json', printWidth: 120 }));
}

/** All runs as one. */
export function sumOfRuns(runs: DifferentialReport): { commands: number; differences: number; roundTrips: RoundTrips } {
  const sum = (figure: (run: DifferentialRun) => number): number => runs.reduce((total, run) => total + figure(run), 0);
  const kinds: Record<string, number> = {};
  for (const { roundTrips } of runs)
    for (const [kind, trips] of Object.entries(roundTrips.kinds)) kinds[kind] = (kinds[kind] ?? 0) + trips;
  return {
    commands: sum(({ commands }) => commands),
    differences: sum(({ differences }) => differences),
    roundTrips: {
      trips: sum(({ roundTrips }) => roundTrips.trips),
      differences: sum(({ roundTrips }) => roundTrips.differences),
      kinds,
    },
  };
}
