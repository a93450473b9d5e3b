import { expect, test } from 'vitest';
import { exceptions } from './exceptions.ts';
import { readReport, type SuiteReport, unexplained } from './report.ts';

/** Of the tests that pass natively, the share that has to pass here. */
const WANTED = { outside: 0.999, full: 0.98 };

const report = readReport();

const run: SuiteReport = {
  redis: '7.0.15',
  date: '2026-01-02',
  units: 3,
  notRun: [],
  minutes: 1.5,
  passed: 97,
  passedNatively: 100,
  failed: [],
  excepted: [],
  failsNativelyToo: [],
  ignored: {},
};

test('in the report of the last runs every test that passes natively passes here or has its reason in the list', () => {
  expect(unexplained(report, exceptions())).toEqual([]);
});

test.each(Object.entries(WANTED))('mode %s: at least %d of what passes natively passes here', (mode, share) => {
  const runs = Object.entries(report).filter(([kind]) => kind.split(' ')[0] === mode);
  expect(runs.length).toBeGreaterThan(0);
  for (const [, { passed, passedNatively }] of runs) expect(passed / passedNatively).toBeGreaterThanOrEqual(share);
});

test('a failed test, an exception whose line is gone, and a unit that was not run are found', () => {
  const failing = {
    full: {
      ...run,
      notRun: ['cluster', 'unit/modules'],
      failed: [{ unit: 'unit/geo', name: 'GEOADD', message: '' }],
      excepted: [
        { unit: 'unit/other', name: 'title', reason: 'no /proc' },
        { unit: 'unit/other', name: 'gone', reason: 'no /proc' },
      ],
    },
  };
  const list = [
    { unit: 'unit/other', test: 'title', reason: 'no /proc' },
    { unit: 'unit/modules', test: '*', reason: 'no machine code' },
  ];
  expect(unexplained(failing, list)).toEqual([
    'full: unit/geo | GEOADD',
    'full: unit/other | gone',
    'full: cluster was not run',
  ]);
});
