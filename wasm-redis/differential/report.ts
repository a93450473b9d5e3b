import { type RoundTrips } from './round-trip.ts';

/** `reports/differential.json`: the last long run. */
export interface DifferentialReport {
  /** Day of the run. */
  date: string;
  /** Version of the native server. */
  native: string;
  /** Sent to each of the two servers. */
  commands: number;
  /** Of the sequences. */
  seeds: { first: number; last: number };
  differences: number;
  /** How many different commands have been sent. */
  commandsCalled: number;
  /** With the reason of each. */
  commandsNotSent: Readonly<Record<string, string>>;
  commandsNeverSuccessful: readonly string[];
  roundTrips: RoundTrips;
}
