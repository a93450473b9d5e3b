import { expect, test } from 'vitest';
import { runPart } from './part.ts';
import { countsOfLine } from './counts.ts';

test('a part without counts is one test, by its exit code', async () => {
  expect(await runPart({ name: 'good', command: ['true'] })).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(await runPart({ name: 'bad', command: ['false'] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a program that counts no failure but ends badly has failed', async () => {
  const command = ['sh', '-c', 'echo "3 passed, 0 failed (and a crash)"; exit 1'] as const;
  const counts = await runPart({ name: 'crash', command, count: { read: countsOfLine } });
  expect(counts).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test('a program that writes no report has failed', async () => {
  const count = { report: '/nonexistent/report.json', read: () => ({ passed: 9, failed: 0, skipped: 0 }) };
  expect(await runPart({ name: 'silent', command: ['true'], count })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a program that hangs is ended with all that it started, and has failed', async () => {
  const command = ['sh', '-c', 'sleep 1000 & sleep 1000'] as const;
  expect(await runPart({ name: 'stuck', command }, 100)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
