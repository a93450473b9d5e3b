import { expect, test } from 'vitest';
import { middleRun, type Progress, runRounds } from './benchmark-rounds.ts';
import type { BenchmarkRunResult } from './benchmark-run.ts';
import { type Variant, variantsOf } from './plan.ts';

function ran(requestsPerSecond: number): BenchmarkRunResult {
  const times = { averageMs: 1, minMs: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1 };
  return { result: { test: 'SET', requestsPerSecond, ...times }, words: [] };
}

test('variants are warmed up and then run in turns, and before each run it is told', async () => {
  const calls: string[] = [];
  const told: Progress[] = [];
  const run = {
    requestsFor: (variant: Variant, seconds: number): Promise<number> => {
      calls.push(`warm ${variant.name} ${String(seconds)}`);
      return Promise.resolve(variant.pipeline * 1000);
    },
    measure: (variant: Variant, requests: number): Promise<BenchmarkRunResult> => {
      calls.push(`${variant.name} ${String(requests)}`);
      return Promise.resolve(ran(requests));
    },
  };
  const results = await runRounds(run, variantsOf({ pipeline: [1, 16] }), 3, (progress) => {
    told.push({ ...progress, results: structuredClone(progress.results) });
  });
  const round = ['pipeline 1 1000', 'pipeline 16 16000'];
  expect(calls).toEqual(['warm pipeline 1 1', 'warm pipeline 16 1', ...round, ...round, ...round]);
  expect(results.map((runs) => runs.length)).toEqual([3, 3]);
  expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(told.at(-1)).toMatchObject({ all: 8, now: { name: 'pipeline 16' } });
  expect(told.at(-1)!.results.map((runs) => runs.length)).toEqual([3, 2]);
});

test('of several runs the one in the middle counts', () => {
  expect(middleRun([ran(300), ran(100), ran(200)])?.result.requestsPerSecond).toBe(200);
  expect(middleRun([ran(300), ran(100)])?.result.requestsPerSecond).toBe(100);
  expect(middleRun([])).toBe(undefined);
});
