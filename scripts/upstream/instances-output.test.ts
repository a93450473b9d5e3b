import { expect, test } from 'vitest';
import { readInstancesOutput } from './instances-output.ts';
import { BROKEN_OFF } from './suite-output.ts';

const OUTPUT = `Starting sentinel #0 at port 20000
Testing unit: 00-base.tcl
18:02:01> (init) Restart killed instances: OK
18:02:02> Cluster: nodes see each other: Waiting for it to happen
1 2 3 OK
Testing unit: 01-faildet.tcl
18:02:03> Killing two slave nodes: FAILED: Expected '1' to be equal to '2'
(Jumping to next unit after error)
18:02:05> Node #5 is the new master: FAILED: caught an error in the test ERR unknown command
ERR unknown command
Cleaning up...
WARNING 2 test(s) failed.
`;

test('tests get their unit, and what they print does not count', () => {
  expect(readInstancesOutput('cluster', OUTPUT.replace(': FAILED: caught', ': \nFAILED: caught'))).toEqual([
    { unit: 'cluster/00-base', name: '(init) Restart killed instances', outcome: 'passed' },
    { unit: 'cluster/00-base', name: 'Cluster', outcome: 'passed' },
    {
      unit: 'cluster/01-faildet',
      name: 'Killing two slave nodes',
      outcome: 'failed',
      message: "Expected '1' to be equal to '2'",
    },
    {
      unit: 'cluster/01-faildet',
      name: 'Node #5 is the new master',
      outcome: 'failed',
      message: 'ERR unknown command',
    },
  ]);
});

test('a run whose output stops in the middle has failed', () => {
  const output = OUTPUT.slice(0, OUTPUT.indexOf('WARNING'));
  expect(readInstancesOutput('cluster', output).at(-1)).toMatchObject({ name: BROKEN_OFF, outcome: 'failed' });
});
