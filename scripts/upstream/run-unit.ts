import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../wasm-redis/node/free-port.ts';
import { SetupError } from '../build-engine/run.ts';
import { readInstancesOutput } from './instances-output.ts';
import { readSuiteOutput, type TestResult } from './suite-output.ts';

/** Where the suite's own servers listen. */
const PORTS = ['--baseport', '21211', '--portcount', '2600'];
/** The runner listens so far below its base port, and looks at the port 10,000 above that as well (find_available_port). */
const RUNNER_BELOW_BASE = 32;
const HIGHEST_RUNNER_PORT = 65_535 - 10_000;
/** Without a sign of life for so long, upstream's runner ends; it is ended itself after the second. */
const SILENCE_S = 300;
const LIMIT_MS = 30 * 60 * 1000;

/** What of a unit is run, and against what. */
export interface UnitRun {
  unit: string;
  /** The folder that `makeWorkspace` made. */
  workspace: string;
  /** Port of a server that runs; without it the suite starts its own. */
  port: number | undefined;
  slow: boolean;
}

/** Runs one unit of upstream's suite to its end. Resolves with its tests, in their order, and with all that it printed. */
export async function runUnit({
  unit,
  workspace,
  port,
  slow,
}: UnitRun): Promise<{ tests: TestResult[]; output: string }> {
  const [kind = '', file = ''] = unit.split('/');
  const runner = RUNNERS[kind];
  if (runner) {
    const output = await outputOf(runner, ['--single', `/${file}.tcl`], workspace);
    return { tests: readInstancesOutput(kind, output), output };
  }
  const args = ['--single', unit, '--clients', '1', '--durable', '--timeout', String(SILENCE_S)];
  if (port === undefined) args.push(...PORTS);
  else args.push('--host', '127.0.0.1', '--port', String(port), ...(await runnerPorts()));
  if (!slow) args.push('--tags', '-slow');
  const output = await outputOf('./runtest', args, workspace);
  // Not the unit's doing, as when somebody else has the port.
  if (!output.includes('[ready]: ')) throw new SetupError(`upstream's runner did not begin:\n${output}`);
  return { tests: readSuiteOutput(unit, output), output };
}

/** In outside mode only the runner listens: at a free port, so that several can run at once. */
async function runnerPorts(): Promise<string[]> {
  for (;;) {
    const port = await freePort();
    if (port <= HIGHEST_RUNNER_PORT) return ['--baseport', String(port + RUNNER_BELOW_BASE), '--portcount', '10'];
  }
}

/** Upstream's two runners for many instances at once, which are started anew for each of their files. Their ports are fixed. */
const RUNNERS: Readonly<Record<string, string>> = { sentinel: './runtest-sentinel', cluster: './runtest-cluster' };

/**
 * All units, in upstream's order; with the files of the runners for many instances if the suite starts servers itself.
 *
 * @param source root of upstream's tree
 */
export async function listUnits(source: string, mode: 'outside' | 'full'): Promise<string[]> {
  const units = (await outputOf('./runtest', ['--list-tests'], source)).trim().split('\n');
  if (mode === 'outside') return units;
  for (const kind of Object.keys(RUNNERS)) {
    const files = await readdir(join(source, 'tests', kind, 'tests'));
    units.push(
      ...files
        .sort()
        .filter((name) => name.endsWith('.tcl'))
        .map((name) => `${kind}/${name.slice(0, -'.tcl'.length)}`),
    );
  }
  return units;
}

function outputOf(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own: the runner has children. A terminal with colours would put them into the output.
    const env = { ...process.env, TERM: 'dumb' };
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const end = (): void => void (child.pid && process.kill(-child.pid, 'SIGKILL'));
    const limit = setTimeout(end, LIMIT_MS);
    const interrupted = (): void => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    });
    child.on('close', () => resolve(output));
  });
}
