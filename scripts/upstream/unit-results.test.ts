import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UnitResults } from './unit-results.ts';

test('what a unit gave is there for the next run, until it is run again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const before = new UnitResults('native', folder);
  before.put('unit/geo', { tests: [{ unit: 'unit/geo', name: 'a', outcome: 'failed' }], seconds: 60 });
  before.put('unit/geo', { tests: [{ unit: 'unit/geo', name: 'a', outcome: 'passed' }], seconds: 90 });
  const after = new UnitResults('native', folder);
  expect(after.has('unit/geo')).toBe(true);
  expect(after.has('unit/scan')).toBe(false);
  expect(after.tests(['unit/scan', 'unit/geo'])).toEqual([{ unit: 'unit/geo', name: 'a', outcome: 'passed' }]);
  expect(after.minutes(['unit/scan', 'unit/geo'])).toBe(1.5);
});

test('two runs at once keep what both have found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-results-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [one, other] = [new UnitResults('here', folder), new UnitResults('here', folder)];
  one.put('unit/geo', { tests: [], seconds: 60 });
  other.put('unit/scan', { tests: [], seconds: 30 });
  expect(new UnitResults('here', folder).minutes(['unit/geo', 'unit/scan'])).toBe(1.5);
});
