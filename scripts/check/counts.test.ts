import { expect, test } from 'vitest';
import { countsOfLine, countsOfPlaywright, countsOfVitest, lineOf, sumOf } from './counts.ts';

const vitest = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [] as unknown[],
};

test('vitest: a file that cannot be loaded is a failure', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  const report = JSON.stringify({ ...vitest, testResults: [unloaded] });
  expect(countsOfVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('playwright: a test that passed only when repeated has failed', () => {
  const report = JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] });
  expect(countsOfPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a printed line counts, the last one, and a program without one is an error', () => {
  expect(countsOfLine('1 passed, 0 failed\n12 passed, 3 failed (on 4 pages)\n')).toMatchObject({
    passed: 12,
    failed: 3,
  });
  expect(() => countsOfLine('all good\n')).toThrow('no line');
});

test('the closing line says what was skipped only if something was', () => {
  const sum = sumOf([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 0 },
  ]);
  expect(lineOf(sum)).toBe('3 passed, 1 failed');
  expect(lineOf({ ...sum, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});
