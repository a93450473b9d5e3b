import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runUnit } from './run-unit.ts';
import { OutsideServer } from './server.ts';
import type { TestResult } from './suite-output.ts';
import type { UnitResult } from './unit-results.ts';
import { makeWorkspace, type Programs, removeWorkspace } from './workspace.ts';

/** What is run. */
export interface SuiteRun {
  /** Root of upstream's unpacked source. */
  source: string;
  programs: Programs;
  /** Outside: one server that runs already. Full: the suite starts servers itself, by hundreds. */
  mode: 'outside' | 'full';
  slow: boolean;
  units: readonly string[];
  /** A folder that exists: the server's log and what each unit printed. */
  logs: string;
}

/**
 * Runs units of upstream's suite, one after the other. A unit that brings the server down, or fails, costs no other unit:
 * the next one gets a new server. (A test that fails in its middle may leave a save that never ends.)
 *
 * @param done told of each unit when it has ended
 */
export async function runSuite(run: SuiteRun, done: (unit: string, result: UnitResult) => void): Promise<void> {
  const workspace = await makeWorkspace(run.source, run.mode === 'full' ? run.programs : 'native');
  let server: OutsideServer | undefined;
  try {
    for (const unit of run.units) {
      if (run.mode === 'outside' && !server?.alive) {
        await server?.stop();
        server = await OutsideServer.start(run.programs, join(run.logs, `server-${run.programs}.log`));
      }
      const began = performance.now();
      const { tests, output } = await runUnit({ unit, workspace, port: server?.port, slow: run.slow });
      await writeFile(join(run.logs, `${unit.replaceAll('/', '-')}-${run.programs}.log`), output);
      done(unit, { tests, seconds: (performance.now() - began) / 1000 });
      if (tests.some(({ outcome }) => outcome === 'failed')) {
        await server?.stop();
        server = undefined;
      }
    }
  } finally {
    await server?.stop();
    await removeWorkspace(workspace);
  }
}

/** A line about a unit. */
export function lineOfUnit(unit: string, { tests, seconds }: UnitResult): string {
  const count = (wanted: TestResult['outcome']): number => tests.filter(({ outcome }) => outcome === wanted).length;
  const counts = (['passed', 'failed', 'ignored'] as const).map((outcome) => `${count(outcome)} ${outcome}`);
  return `${unit}: ${counts.join(', ')}, ${seconds.toFixed(1)} s`;
}
