import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addRun, type DifferentialReport, type DifferentialRun, sumOfRuns } from './report.ts';

const run = (first: number, commands: number, trips: number): DifferentialRun => ({
  date: '2026-01-02',
  native: '7.0.15',
  commands,
  seeds: { first, last: first + 9 },
  differences: 1,
  commandsCalled: 300,
  commandsNeverSuccessful: [],
  roundTrips: { trips, differences: 2, kinds: { 'rdb wasm': trips } },
});

test('runs are added by their seeds, summed up, and dropped by one that begins anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'differential-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.json');
  const read = (): DifferentialReport => JSON.parse(readFileSync(file, 'utf8')) as DifferentialReport;
  await addRun(file, run(100, 2000, 0), false);
  await addRun(file, run(1, 1000, 4), false);
  expect(read().map(({ seeds }) => seeds.first)).toEqual([1, 100]);
  expect(sumOfRuns(read())).toEqual({
    commands: 3000,
    differences: 2,
    roundTrips: { trips: 4, differences: 4, kinds: { 'rdb wasm': 4 } },
  });
  await addRun(file, run(7, 10, 0), true);
  expect(read()).toEqual([run(7, 10, 0)]);
});
