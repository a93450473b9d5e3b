/**
 * `npm run test:upstream [-- --slow] [-- --full] [-- UNIT ...]`: upstream's own Tcl tests, against our engine and against the
 * native Redis of this machine. Ends with `N passed, N failed, N skipped`, where what fails natively too has not failed, and
 * exits with 1 if something failed. What the units gave the last time they were run goes to reports/upstream.json.
 *
 *     --full   the suite starts servers itself, ours in the place of the native ones; without it, one server runs already
 *     --slow   also the tests that upstream calls slow
 *     UNIT     only these, as `unit/type/list`
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RELEASES } from '../wasm-redis/native/recipe.ts';
import { sha256 } from './build-engine/hash.ts';
import { CACHE } from './build-engine/places.ts';
import { run, SetupError } from './build-engine/run.ts';
import { unpackedSource } from './build-engine/source.ts';
import { lineOf } from './check/counts.ts';
import { findTcl } from './setup/tcl.ts';
import { compare, type Comparison } from './upstream/comparison.ts';
import { type Exception, exceptions } from './upstream/exceptions.ts';
import { reportOf, writeReport } from './upstream/report.ts';
import { lineOfUnit, runSuite } from './upstream/run-suite.ts';
import { listUnits } from './upstream/run-unit.ts';
import type { TestResult } from './upstream/suite-output.ts';
import { UnitResults } from './upstream/unit-results.ts';

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false }, slow: { type: 'boolean', default: false } },
  allowPositionals: true,
});

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`test:upstream: ${error.message}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const release = RELEASES[0];
  const source = await unpackedSource(release);
  if (!source) throw new SetupError('the source of Redis is not there. Run: npm run build:engine');
  if (!findTcl()) throw new SetupError('there is no Tcl. On Debian: apt-get install tcl; npm test installs it too.');
  const mode = values.full ? 'full' : 'outside';
  const kind = values.slow ? `${mode} slow` : mode;
  const logs = join(CACHE, 'logs', `upstream-${mode}`);
  await mkdir(logs, { recursive: true });

  const list = exceptions();
  const all = (await listUnits(source.folder, mode)).filter((unit) => !isWholeUnit(list, unit));
  const units = positionals.length > 0 ? positionals : all;
  const version = (await run('redis-server', ['--version'])).trim();
  const natively = new UnitResults(`native ${kind} ${sha256(version + source.id).slice(0, 12)}`);
  const here = new UnitResults(`here ${kind}`);
  await runAndKeep(
    natively,
    'native',
    units.filter((unit) => !natively.has(unit)),
  );
  await runAndKeep(here, 'ours', units);

  const comparison = compare(here.tests(units), natively.tests(units), list);
  // Against a server that it did not start a test may ask for less, and pass: the list is judged in full mode.
  if (mode === 'outside') comparison.needlessExceptions = [];
  show(comparison, natively.tests(units));
  const known = all.filter((unit) => here.has(unit) && natively.has(unit));
  const passedNatively = natively.tests(known).filter(({ outcome }) => outcome === 'passed').length;
  const report = reportOf(compare(here.tests(known), natively.tests(known), list), {
    redis: release.version,
    units: known.length,
    notRun: all.filter((unit) => !known.includes(unit)),
    minutes: here.minutes(known),
    passedNatively,
  });
  await writeReport(kind, report);

  async function runAndKeep(kept: UnitResults, programs: 'native' | 'ours', wanted: readonly string[]): Promise<void> {
    if (wanted.length > 0) console.log(programs === 'native' ? `natively, ${version}:` : 'here:');
    await runSuite(
      { source: source!.folder, programs, mode, slow: values.slow, units: wanted, logs },
      (unit, result) => {
        kept.put(unit, result);
        console.log(lineOfUnit(unit, result));
      },
    );
  }
}

function show(comparison: Comparison, natively: readonly TestResult[]): void {
  const { passed, failed, failsNativelyToo, excepted, ignored, needlessExceptions } = comparison;
  for (const { unit, name, message } of failed) console.log(`\nfailed: ${name} (${unit})\n${message}`);
  for (const { unit, name } of failsNativelyToo) console.log(`fails natively too: ${name} (${unit})`);
  for (const { unit, test } of needlessExceptions)
    console.log(`passes, strike it from the exceptions: ${test} (${unit})`);
  const passedNatively = natively.filter(({ outcome }) => outcome === 'passed').length;
  console.log(`\n${passedNatively} pass natively; what the units printed is in .cache/logs`);
  const skipped = ignored.length + excepted.length + failsNativelyToo.length;
  console.log(lineOf({ passed: passed.length, failed: failed.length + needlessExceptions.length, skipped }));
  process.exitCode = failed.length + needlessExceptions.length > 0 ? 1 : 0;
}

function isWholeUnit(list: readonly Exception[], unit: string): boolean {
  return list.some((line) => line.unit === unit && line.test === '*');
}
