import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listUnits, runUnit } from './run-unit.ts';
import { OutsideServer } from './server.ts';
import type { TestResult } from './suite-output.ts';
import { makeWorkspace, type Programs, removeWorkspace } from './workspace.ts';

/** What is run. */
export interface SuiteRun {
  /** Root of upstream's unpacked source. */
  source: string;
  programs: Programs;
  /** Outside: one server that runs already. Full: the suite starts servers itself, by hundreds. */
  mode: 'outside' | 'full';
  slow: boolean;
  /** Empty for all. */
  units: readonly string[];
  /** Not run. */
  leftOut: readonly string[];
  /** A folder that exists: the server's log and what each unit printed. */
  logs: string;
}

/**
 * Runs upstream's suite, unit after unit, and prints a line for each. A unit that brings the server down costs no other
 * unit: the next one gets a new server.
 */
export async function runSuite(run: SuiteRun, print: (line: string) => void): Promise<TestResult[]> {
  const workspace = await makeWorkspace(run.source, run.mode === 'full' ? run.programs : 'native');
  let server: OutsideServer | undefined;
  try {
    const units = run.units.length > 0 ? run.units : await listUnits(workspace, run.mode);
    const results: TestResult[] = [];
    for (const unit of units.filter((name) => !run.leftOut.includes(name))) {
      if (run.mode === 'outside' && !server?.alive) {
        await server?.stop();
        server = await OutsideServer.start(run.programs, join(run.logs, 'server.log'));
      }
      const began = performance.now();
      const { tests, output } = await runUnit({ unit, workspace, port: server?.port, slow: run.slow });
      await writeFile(join(run.logs, `${unit.replaceAll('/', '-')}.log`), output);
      results.push(...tests);
      print(`${unit}: ${countsOf(tests)}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
    }
    return results;
  } finally {
    await server?.stop();
    await removeWorkspace(workspace);
  }
}

function countsOf(tests: readonly TestResult[]): string {
  return (['passed', 'failed', 'ignored'] as const)
    .map((outcome) => `${tests.filter((test) => test.outcome === outcome).length} ${outcome}`)
    .join(', ');
}
