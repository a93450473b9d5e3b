import { expect, test } from 'vitest';
import { BROKEN_OFF, readSuiteOutput } from './suite-output.ts';

const BEGINNING = `Cleanup: may take some time... OK
Starting test server at port 21079
[ready]: 4711
Testing unit/geo
`;
const END = `[1/1 done]: unit/geo (3 seconds)

                   The End

Execution time of different units:
  3 seconds - unit/geo

!!! WARNING The following tests failed:

*** [err]: GEORANGE in tests/unit/geo.tcl
Expected '1' to equal or match '2'
`;

test('tests that passed, failed and were ignored are told apart, and failures are not counted again at the end', () => {
  const middle = `[ok]: GEOADD create (0 ms)
[err]: GEORANGE in tests/unit/geo.tcl
Expected '1' to equal or match '2'
[ignore]: GEO: big: large memory flag not provided
[ignore]: Not supported on external server
[ok]: GEOADD (again) (12 ms)
a line that a test printed
`;
  expect(readSuiteOutput('unit/geo', BEGINNING + middle + END)).toEqual([
    { unit: 'unit/geo', name: 'GEOADD create', outcome: 'passed' },
    { unit: 'unit/geo', name: 'GEORANGE', outcome: 'failed', message: "Expected '1' to equal or match '2'" },
    { unit: 'unit/geo', name: 'GEO: big', outcome: 'ignored', message: 'large memory flag not provided' },
    { unit: 'unit/geo', name: '(a group of tests)', outcome: 'ignored', message: 'Not supported on external server' },
    { unit: 'unit/geo', name: 'GEOADD (again)', outcome: 'passed' },
  ]);
});

test('a unit that an exception ended has failed', () => {
  const output = `${BEGINNING}[ok]: one (0 ms)\n[exception]: Executing test client: I/O error reading reply.\n    while executing\n`;
  expect(readSuiteOutput('unit/geo', output).at(-1)).toEqual({
    unit: 'unit/geo',
    name: BROKEN_OFF,
    outcome: 'failed',
    message: 'Executing test client: I/O error reading reply.\n    while executing',
  });
});

test('a unit whose output stops in the middle has failed', () => {
  expect(readSuiteOutput('unit/geo', `${BEGINNING}[ok]: one (0 ms)\n`).at(-1)).toMatchObject({
    name: BROKEN_OFF,
    outcome: 'failed',
  });
});
