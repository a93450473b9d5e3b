import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { ROOT } from '../build-engine/places.ts';
import type { Comparison } from './comparison.ts';
import type { Exception } from './exceptions.ts';

/** Checked in: the page about what differs from a native server is made from it. */
const FILE = join(ROOT, 'reports/upstream.json');

interface TestName {
  unit: string;
  name: string;
}

/** One way to run upstream's suite, as it went the last time. */
export interface SuiteReport {
  redis: string;
  /** Day of the last run. */
  date: string;
  /** Units that have been run; of those that have not, nothing is known. */
  units: number;
  notRun: string[];
  minutes: number;
  passed: number;
  passedNatively: number;
  failed: (TestName & { message: string })[];
  excepted: (TestName & { reason: string })[];
  failsNativelyToo: TestName[];
  /** How many tests upstream itself says do not apply, by its reason. */
  ignored: Record<string, number>;
}

/** The report file: `outside`, `outside slow`, `full`, `full slow`. */
export type UpstreamReport = Record<string, SuiteReport>;

/** Puts a run in the place of the last one of its kind. */
export async function writeReport(kind: string, report: SuiteReport): Promise<void> {
  const known = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as UpstreamReport) : {};
  const sorted = Object.entries({ ...known, [kind]: report }).sort(([a], [b]) => (a < b ? -1 : 1));
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, await format(JSON.stringify(Object.fromEntries(sorted)), { parser: 'json', printWidth: 120 }));
}

/** The checked-in report. */
export function readReport(): UpstreamReport {
  return JSON.parse(readFileSync(FILE, 'utf8')) as UpstreamReport;
}

/**
 * What a report leaves without a reason, a line for each: a test that passes natively and neither passes here nor has a
 * line in the list of exceptions, and a unit that was not run and is not in that list as a whole.
 */
export function unexplained(report: UpstreamReport, list: readonly Exception[]): string[] {
  const hasReason = (unit: string, name: string): boolean =>
    list.some((line) => line.unit === unit && (line.test === '*' || line.test === name));
  return Object.entries(report).flatMap(([kind, { failed, excepted, notRun }]) => [
    ...[...failed, ...excepted]
      .filter(({ unit, name }) => !hasReason(unit, name))
      .map(({ unit, name }) => `${kind}: ${unit} | ${name}`),
    ...notRun.filter((unit) => !hasReason(unit, '*')).map((unit) => `${kind}: ${unit} was not run`),
  ]);
}

/** What of a comparison goes into the report. */
export function reportOf(
  comparison: Comparison,
  known: Pick<SuiteReport, 'redis' | 'units' | 'notRun' | 'minutes' | 'passedNatively'>,
): SuiteReport {
  const ignored: Record<string, number> = {};
  for (const { message = '' } of comparison.ignored) ignored[message] = (ignored[message] ?? 0) + 1;
  return {
    ...known,
    date: new Date().toISOString().slice(0, 10),
    passed: comparison.passed.length,
    failed: comparison.failed.map(({ unit, name, message = '' }) => ({ unit, name, message })),
    excepted: comparison.excepted.map(({ unit, name, reason }) => ({ unit, name, reason })),
    failsNativelyToo: comparison.failsNativelyToo.map(({ unit, name }) => ({ unit, name })),
    ignored,
  };
}
