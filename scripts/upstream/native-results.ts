import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '../build-engine/hash.ts';
import { CACHE } from '../build-engine/places.ts';
import { run } from '../build-engine/run.ts';
import { runSuite, type SuiteRun } from './run-suite.ts';
import type { TestResult } from './suite-output.ts';

/**
 * What the native programs of this machine give for the same run. It is kept, by their version and the suite's, and made
 * anew only when one of them has changed.
 */
export async function nativeResults(wanted: SuiteRun, print: (line: string) => void): Promise<TestResult[]> {
  const version = (await run('redis-server', ['--version'])).trim();
  const { source, mode, slow, units, leftOut } = wanted;
  const key = sha256(JSON.stringify([version, basename(source), mode, slow, units, leftOut])).slice(0, 16);
  const file = join(CACHE, 'upstream', `native-${key}.json`);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as TestResult[];
  print(`natively, ${version}:`);
  const results = await runSuite({ ...wanted, programs: 'native' }, print);
  await mkdir(join(CACHE, 'upstream'), { recursive: true });
  await writeFile(file, JSON.stringify(results));
  return results;
}
