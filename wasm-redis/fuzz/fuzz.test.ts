import { expect, test } from 'vitest';
import { fuzz, type Target } from './target.ts';
import { fuzzWatched } from './watched.ts';

const SHORT: Readonly<Record<string, number>> = { resp: 100, restore: 3, rdb: 5, aof: 5, syscalls: 200 };
const PATIENCE_MS = 120_000;

test.each(Object.entries(SHORT))(
  '%s: %d hostile inputs give errors or a clean end',
  async (name, count) => {
    const run = { target: name, firstSeed: 1, limitMs: PATIENCE_MS / 2, more: (done: number) => done < count };
    const { executions, findings } = await fuzzWatched(run);
    expect(findings).toEqual([]);
    expect(executions).toBe(count);
  },
  PATIENCE_MS,
);

test('a target that goes wrong is found, with its seed', async () => {
  const target: Target = {
    name: 'wrong at 3',
    execute: async (seed) => (seed === 3 ? 'account' : undefined),
    close: async () => {},
  };
  expect(await fuzz(target, 1, (done) => done < 5)).toEqual({
    executions: 5,
    findings: [{ seed: 3, account: 'account' }],
  });
});
