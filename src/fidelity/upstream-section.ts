import type { Exception } from '../../scripts/upstream/exceptions.ts';
import type { SuiteReport, UpstreamReport } from '../../scripts/upstream/report.ts';
import { count, type FidelitySection, type FidelityTable, list, percent } from './section.ts';

/** What a run of each kind is. */
const KINDS: Readonly<Record<string, string>> = {
  outside: 'One server is running, and the tests are its clients',
  full: 'The tests start servers, replicas, Sentinels and clusters',
};

/** Upstream's own tests: how many pass, which do not, and the whole list of those that cannot. */
export function upstreamSection(report: UpstreamReport, exceptions: readonly Exception[]): FidelitySection {
  const runs = Object.entries(report);
  const failed = runs.flatMap(([kind, run]) => run.failed.map(({ unit, name }) => [kind, unit, name]));
  const tables: FidelityTable[] = [
    {
      caption: 'Runs of upstream’s tests',
      head: ['Run', 'Date', 'Redis', 'Pass natively', 'Pass here', 'Share', 'Fail here only', 'Excepted'],
      rows: runs.map(([kind, run]) => summary(kind, run)),
    },
    {
      caption: 'Tests that cannot apply',
      head: ['Unit', 'Test', 'Reason'],
      rows: exceptions.map(({ unit, test, reason }) => [unit, test === '*' ? 'all' : test, reason]),
    },
  ];
  if (failed.length > 0)
    tables.push({ caption: 'Tests that pass natively and failed here', head: ['Run', 'Unit', 'Test'], rows: failed });
  const natively = runs.flatMap(([kind, run]) => run.failsNativelyToo.map(({ unit, name }) => [kind, unit, name]));
  if (natively.length > 0)
    tables.push({ caption: 'Tests that fail natively too', head: ['Run', 'Unit', 'Test'], rows: natively });
  return {
    heading: 'Upstream’s own tests',
    sentences: [
      'The Tcl tests of the Redis source, unchanged, run against this engine and against a native server on the same computer.',
      ...runs.map(([kind, run]) => sentence(kind, run)),
    ],
    tables,
  };
}

function sentence(kind: string, { units, minutes, notRun }: SuiteReport): string {
  const rest = notRun.length === 0 ? 'nothing was left out' : `not run: ${list(notRun)}`;
  return `${nameOf(kind)}: ${units} units in ${minutes} minutes; ${rest}.`;
}

function summary(kind: string, run: SuiteReport): string[] {
  const { date, redis, passedNatively, passed, failed, excepted } = run;
  const cells = [count(passedNatively), count(passed), percent(passed, passedNatively)];
  return [nameOf(kind), date, redis, ...cells, count(failed.length), count(excepted.length)];
}

function nameOf(kind: string): string {
  const [mode = kind, slow] = kind.split(' ');
  return `${KINDS[mode] ?? mode}${slow === undefined ? '' : ', including the slow ones'}`;
}
