import type { Exception } from './exceptions.ts';
import { BROKEN_OFF, type TestResult } from './suite-output.ts';

/** Our run beside the native one. */
export interface Comparison {
  passed: TestResult[];
  /** Passes natively, not here, and is no exception. */
  failed: TestResult[];
  /** Fails here as it does natively. */
  failsNativelyToo: TestResult[];
  /** Passes natively, not here, and the list says why. */
  excepted: (TestResult & { reason: string })[];
  /** Upstream itself says that they do not apply. */
  ignored: TestResult[];
  /** Lines of the list whose test was run, and passed wherever it occurs. */
  needlessExceptions: Exception[];
}

/**
 * Compares test by test; the first of a name with the first of that name in the same unit, and so on. A test that passes
 * natively and was not reached here has failed, except for one of which only the number is another: some units choose by
 * chance how often they repeat a test.
 */
export function compare(
  here: readonly TestResult[],
  natively: readonly TestResult[],
  list: readonly Exception[],
): Comparison {
  const ours = byKey(here);
  const theirs = byKey(natively);
  const notPassed = (key: string, result: TestResult): boolean => theirs.get(key)?.outcome === result.outcome;
  const comparison: Comparison = {
    passed: here.filter(({ outcome }) => outcome === 'passed'),
    failed: [],
    failsNativelyToo: [],
    excepted: [],
    ignored: here.filter(({ outcome }) => outcome === 'ignored'),
    needlessExceptions: [],
  };
  const failures = [...ours].filter(([, { outcome }]) => outcome === 'failed');
  for (const [key, result] of failures) {
    if (notPassed(key, result)) comparison.failsNativelyToo.push(result);
    else put(result);
  }
  for (const [key, result] of theirs) {
    if (result.outcome === 'passed' && ours.get(key)?.outcome === 'ignored') put({ ...result, outcome: 'failed' });
    if (result.outcome === 'passed' && !ours.has(key) && !isOftener(result))
      put({ unit: result.unit, name: result.name, outcome: 'failed', message: 'it was not reached' });
  }
  comparison.needlessExceptions = list.filter(
    (line) =>
      here.some((result) => result.outcome === 'passed' && covers(line, result)) &&
      ![...comparison.excepted, ...comparison.failsNativelyToo].some((result) => covers(line, result)),
  );
  return comparison;

  /** The unit has run to its end, and the test has passed here, every time. */
  function isOftener({ unit, name }: TestResult): boolean {
    const names = [known(name), BROKEN_OFF];
    const ran = here.filter((result) => result.unit === unit && names.includes(known(result.name)));
    return ran.length > 0 && ran.every(({ outcome }) => outcome === 'passed');
  }

  function put(result: TestResult): void {
    const exception = list.find((line) => covers(line, result));
    if (exception) comparison.excepted.push({ ...result, reason: exception.reason });
    else comparison.failed.push(result);
  }
}

function covers(exception: Exception, { unit, name }: TestResult): boolean {
  return exception.unit === unit && (exception.test === '*' || exception.test === name);
}

/** Without numbers that are made up: psync2's layout, its load, how far it came in its time, an epoch, the port of Sentinel's master. */
function known(name: string): string {
  return name.replace(/(#|x = |CYCLE |epoch |127\.0\.0\.1:)\d+/g, '$1N');
}

function byKey(results: readonly TestResult[]): Map<string, TestResult> {
  const times = new Map<string, number>();
  return new Map(
    results.map((result) => {
      const name = `${result.unit} | ${known(result.name)}`;
      const nth = (times.get(name) ?? 0) + 1;
      times.set(name, nth);
      return [`${name} | ${nth}`, result];
    }),
  );
}
