/**
 * `npm run test:upstream [-- --slow] [-- --full] [-- UNIT ...]`: upstream's own Tcl tests, against our engine and against the
 * native Redis of this machine. Ends with `N passed, N failed, N skipped`, where what fails natively too has not failed, and
 * exits with 1 if something failed. Without units, the result goes to reports/upstream.json.
 *
 *     --full   the suite starts servers itself, ours in the place of the native ones; without it, one server runs already
 *     --slow   also the tests that upstream calls slow
 *     UNIT     only these, as `unit/type/list`
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RELEASES } from '../wasm-redis/native/recipe.ts';
import { CACHE } from './build-engine/places.ts';
import { SetupError } from './build-engine/run.ts';
import { unpackedSource } from './build-engine/source.ts';
import { lineOf } from './check/counts.ts';
import { findTcl } from './setup/tcl.ts';
import { compare } from './upstream/comparison.ts';
import { exceptions } from './upstream/exceptions.ts';
import { nativeResults } from './upstream/native-results.ts';
import { reportOf, writeReport } from './upstream/report.ts';
import { runSuite, type SuiteRun } from './upstream/run-suite.ts';

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
  const list = exceptions();
  const mode = values.full ? 'full' : 'outside';
  const logs = join(CACHE, 'logs', `upstream-${mode}`);
  await mkdir(logs, { recursive: true });
  const run: SuiteRun = {
    source: source.folder,
    programs: 'ours',
    mode,
    slow: values.slow,
    units: positionals,
    leftOut: list.filter(({ test }) => test === '*').map(({ unit }) => unit),
    logs,
  };
  const natively = await nativeResults(run, console.log);
  console.log(`here:`);
  const began = performance.now();
  const comparison = compare(await runSuite(run, console.log), natively, list);
  const minutes = Math.round((performance.now() - began) / 6000) / 10;

  const { passed, failed, failsNativelyToo, excepted, ignored, needlessExceptions } = comparison;
  for (const { unit, name, message } of failed) console.log(`\nfailed: ${name} (${unit})\n${message}`);
  for (const { unit, name } of failsNativelyToo) console.log(`fails natively too: ${name} (${unit})`);
  for (const { unit, test } of needlessExceptions)
    console.log(`passes, strike it from the exceptions: ${test} (${unit})`);
  const passedNatively = natively.filter(({ outcome }) => outcome === 'passed').length;
  if (positionals.length === 0) {
    const report = reportOf(comparison, { redis: release.version, minutes, passedNatively });
    await writeReport(values.slow ? `${mode} slow` : mode, report);
  }
  console.log(`\n${passedNatively} pass natively; all that was printed is in .cache/logs/upstream-${mode}`);
  const skipped = ignored.length + excepted.length + failsNativelyToo.length;
  console.log(lineOf({ passed: passed.length, failed: failed.length + needlessExceptions.length, skipped }));
  process.exitCode = failed.length + needlessExceptions.length > 0 ? 1 : 0;
}
