import type { BenchmarkRun, BenchmarkRunResult } from './benchmark-run.ts';
import type { Variant } from './plan.ts';

/** How often each variant is run: odd, so that there is one in the middle. */
export const ROUNDS = 3;

/** What is told of a benchmark that is under way. */
export interface Progress {
  /** Runs that are done, warming up included, and all of them. */
  done: number;
  all: number;
  /** What runs now. */
  now: Variant;
  /** The results of each variant so far, in the order of the variants. */
  results: readonly (readonly BenchmarkRunResult[])[];
}

/**
 * Warms up each variant, and then runs all of them in turns, so that whatever else the computer does meets all of them.
 * Tells before each run. Resolves with the results of each variant.
 *
 * @param seconds for all runs of one variant together, about
 */
export async function runRounds(
  run: Pick<BenchmarkRun, 'requestsFor' | 'measure'>,
  variants: readonly Variant[],
  seconds: number,
  tell: (progress: Progress) => void,
): Promise<readonly (readonly BenchmarkRunResult[])[]> {
  const results = variants.map((): BenchmarkRunResult[] => []);
  const requests: number[] = [];
  const all = variants.length * (ROUNDS + 1);
  let done = 0;
  for (const now of variants) {
    tell({ done, all, now, results });
    requests.push(await run.requestsFor(now, seconds / ROUNDS));
    done++;
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, now] of variants.entries()) {
      tell({ done, all, now, results });
      results[index]!.push(await run.measure(now, requests[index]!));
      done++;
    }
  }
  return results;
}

/** The run in the middle by requests per second; of an even number, the slower of the two. Undefined without runs. */
export function middleRun(runs: readonly BenchmarkRunResult[]): BenchmarkRunResult | undefined {
  const sorted = [...runs].sort((one, other) => one.result.requestsPerSecond - other.result.requestsPerSecond);
  return sorted[Math.ceil(sorted.length / 2) - 1];
}
