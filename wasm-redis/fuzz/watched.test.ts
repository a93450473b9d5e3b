import { expect, test } from 'vitest';
import { fuzzWatched } from './watched.ts';

const module = new URL('broken-targets.ts', import.meta.url);
/** Long against what an empty execution takes, even on a busy computer. */
const LIMIT_MS = 2000;

test.each([
  ['hangs', 'It has not come back within 2 s.'],
  ['ends', 'The thread has ended with 9.'],
  ['throws', 'thrown at 3'],
])('an input after which WebAssembly %s is found with its seed, and the next seeds run', async (target, account) => {
  const run = { module, target, firstSeed: 1, limitMs: LIMIT_MS, more: (done: number) => done < 5 };
  const { executions, findings } = await fuzzWatched(run);
  expect(executions).toBe(5);
  expect(findings).toEqual([{ seed: 3, account: expect.stringContaining(account) as string }]);
});
