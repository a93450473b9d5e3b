import { expect, test } from 'vitest';
import { clientReports } from './report.ts';

test('what failed and what was skipped is counted, and a client that is not here says so', () => {
  const assertionResults = ['passed', 'failed', 'skipped'].map((status) => ({ status, title: `it ${status}` }));
  const files = ['b', 'a'].map((name) => ({ name, assertionResults }));
  expect(clientReports(files, { a: '1.2.3' }, (file) => file)).toEqual([
    { client: 'a', version: '1.2.3', passed: 1, failed: 1, skipped: 1, tests: ['it passed'] },
    { client: 'b', version: 'not here', passed: 1, failed: 1, skipped: 1, tests: ['it passed'] },
  ]);
});
