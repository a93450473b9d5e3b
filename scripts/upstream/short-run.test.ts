import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RELEASES } from '../../wasm-redis/native/recipe.ts';
import { unpackedSource } from '../build-engine/source.ts';
import { findNativeServer } from '../setup/native-redis.ts';
import { findTcl } from '../setup/tcl.ts';
import { compare } from './comparison.ts';
import { runSuite } from './run-suite.ts';
import type { TestResult } from './suite-output.ts';

const UNITS = ['unit/type/incr', 'unit/keyspace', 'unit/protocol', 'unit/querybuf', 'unit/bitfield'];
/** Some hundred round trips; a machine that does much else takes long over them. */
const PATIENCE_MS = 180_000;

const source = await unpackedSource(RELEASES[0]);
const possible = source !== undefined && findTcl() !== undefined && findNativeServer() !== undefined;

test.skipIf(!possible)(
  'upstream’s tests of numbers, keys, the protocol and bit fields that pass natively pass here',
  async () => {
    const logs = await mkdtemp(join(tmpdir(), 'upstream-logs-'));
    onTestFinished(() => rm(logs, { recursive: true }));
    const run = { source: source!.folder, mode: 'outside', slow: false, units: UNITS, logs } as const;
    const [natively, here]: [TestResult[], TestResult[]] = [[], []];
    await runSuite({ ...run, programs: 'native' }, (_unit, { tests }) => natively.push(...tests));
    await runSuite({ ...run, programs: 'ours' }, (_unit, { tests }) => here.push(...tests));
    const { passed, failed } = compare(here, natively, []);
    expect(failed).toEqual([]);
    expect(passed.length).toBeGreaterThan(110);
  },
  PATIENCE_MS,
);
