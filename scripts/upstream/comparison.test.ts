import { expect, test } from 'vitest';
import { compare } from './comparison.ts';
import { readExceptions } from './exceptions.ts';
import { BROKEN_OFF, type Outcome, type TestResult } from './suite-output.ts';

function results(...tests: readonly [name: string, outcome: Outcome][]): TestResult[] {
  return tests.map(([name, outcome]) => ({ unit: 'unit/geo', name, outcome }));
}

const names = (found: readonly TestResult[]): string[] => found.map(({ name }) => name);

test('a test that fails here only has failed; one that fails natively too has not', () => {
  const { passed, failed, failsNativelyToo } = compare(
    results(['a', 'passed'], ['b', 'failed'], ['c', 'failed']),
    results(['a', 'passed'], ['b', 'passed'], ['c', 'failed']),
    [],
  );
  expect([passed, failed, failsNativelyToo].map(names)).toEqual([['a'], ['b'], ['c']]);
});

test('a test that was not reached has failed, and so has one that is not known natively', () => {
  const { failed } = compare(results(['new', 'failed']), results(['a', 'passed']), []);
  expect(names(failed)).toEqual(['new', 'a']);
});

test('tests of one name are told apart by their order', () => {
  const { failed, failsNativelyToo } = compare(
    results(['a', 'failed'], ['a', 'failed']),
    results(['a', 'failed'], ['a', 'passed']),
    [],
  );
  expect([failed.length, failsNativelyToo.length]).toEqual([1, 1]);
});

test('a test that is repeated by chance may pass less often, but not fail', () => {
  const natively = results(['a', 'passed'], ['a', 'passed'], ['b', 'passed']);
  expect(compare(results(['a', 'passed'], ['b', 'passed']), natively, []).failed).toEqual([]);
  expect(names(compare(results(['a', 'failed'], ['b', 'passed']), natively, []).failed)).toEqual(['a', 'a']);
  const cycles = results(['PSYNC2: Set #3 to replicate from #1', 'passed'], ['x = 17', 'passed']);
  expect(compare(cycles, results(['PSYNC2: Set #0 to replicate from #4', 'passed']), []).failed).toEqual([]);
  const failovers = [5, 29].map((epoch) => results([`Wait failover by #9 with old epoch ${epoch}`, 'passed']));
  expect(compare(failovers[0]!, failovers[1]!, []).failed).toEqual([]);
  const [chosen, other] = [30000, 30004].map((port) =>
    results([`New master 127.0.0.1:${port} role matches`, 'passed']),
  );
  expect(compare(chosen!, other!, []).failed).toEqual([]);
  const broken = results(['a', 'passed'], [BROKEN_OFF, 'failed']);
  expect(names(compare(broken, natively, []).failed)).toEqual([BROKEN_OFF, 'a', 'b']);
});

test('what the list names is excepted with its reason; a line whose test passes is needless', () => {
  const list = readExceptions('# remark\nunit/geo | a | no threads here\nunit/geo | b | no fork here\n');
  const { failed, excepted, needlessExceptions } = compare(
    results(['a', 'failed'], ['b', 'passed']),
    results(['a', 'passed'], ['b', 'passed']),
    list,
  );
  expect(failed).toEqual([]);
  expect(excepted).toMatchObject([{ name: 'a', reason: 'no threads here' }]);
  expect(needlessExceptions).toMatchObject([{ test: 'b' }]);
});

test('a line whose test upstream left out here is not needless', () => {
  const list = readExceptions('unit/geo | a | no threads here\n');
  const ignored = results(['a', 'ignored']);
  expect(compare(ignored, ignored, list).needlessExceptions).toEqual([]);
});

test('an exception without a reason is refused', () => {
  expect(() => readExceptions('unit/geo | a\n')).toThrow('expected "unit | test | reason", found "unit/geo | a"');
});
