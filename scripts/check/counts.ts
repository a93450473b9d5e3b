/** How many tests a part of the check ran, and how they ended. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A part that has no tests of its own counts as one. */
export function countsOfExit(code: number): Counts {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** From the report of `vitest --reporter=json`. A file that cannot be loaded is a failure although no test in it ran. */
export function countsOfVitest(report: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/** From the report of `playwright --reporter=json`. A test that passed only when repeated has failed. */
export function countsOfPlaywright(report: string): Counts {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  };
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** From the last line of the form `12 passed, 0 failed` that a program printed; what follows on it is a remark. */
export function countsOfLine(output: string): Counts {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed\b/gm)].at(-1) ?? [];
  if (passed === undefined || failed === undefined) throw new Error('it printed no line "N passed, N failed"');
  return { passed: Number(passed), failed: Number(failed), skipped: 0 };
}

/** All parts together. */
export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** `12 passed, 0 failed`, and what was skipped if anything was. */
export function lineOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
