import { describeClock } from './machine/clock.ts';
import { describeConnections } from './machine/connections.ts';
import { describeEnd } from './machine/end.ts';
import { describeFaults } from './machine/faults.ts';
import { describeFiles } from './machine/files.ts';
import { describePrograms } from './machine/programs.ts';
import { describeSignals } from './machine/signals.ts';
import { describeStandardInput } from './machine/standard-input.ts';
import { describeTerminals } from './machine/terminals.ts';
import { startForTests, type StartMachine } from './machine/start.ts';

export type { StartMachine };

const SUITES = [
  describePrograms,
  describeSignals,
  describeStandardInput,
  describeConnections,
  describeTerminals,
  describeFiles,
  describeClock,
  describeFaults,
  describeEnd,
];

/**
 * What every implementation of `Machine` does: the same tests for the one on this thread and for the one behind a
 * worker. The clock stands unless a test sets it going.
 */
export function describeMachine(name: string, start: StartMachine): void {
  for (const describeIt of SUITES) describeIt(name, startForTests(start));
}
