import { expect, onTestFinished, test } from 'vitest';
import type { Lab } from '../../../wasm-redis/lab/lab.ts';
import { node } from '../../../wasm-redis/lab/presets.ts';
import { startTopology } from '../../../wasm-redis/lab/start-topology.ts';
import { startMachine } from '../../../wasm-redis/tests/rig.ts';
import { NodeConnection } from '../ask.ts';
import { BenchmarkCancelled, BenchmarkRun } from './benchmark-run.ts';
import { type BenchmarkPlan, variantsOf } from './plan.ts';

/** So few requests that a run is over at once: what is tested is not how fast it is. */
const SHORT = 1e-6;

async function prepared(plan: BenchmarkPlan): Promise<{ lab: Lab; run: BenchmarkRun }> {
  const lab = await startTopology(startMachine(), { nodes: [node('server', 1, 'redis-1')] });
  const server = { host: '10.0.0.1', port: 6379 };
  const line = new NodeConnection(lab.machine, server, { name: 'panel-benchmark' });
  onTestFinished(() => line.close());
  return { lab, run: new BenchmarkRun(lab.machine, server, line, plan) };
}

test('a variant has the figures of redis-benchmark, in real time, and the clock is put back', async () => {
  const plan = { pipeline: [16] };
  const { lab, run } = await prepared(plan);
  await run.begin();
  expect((await lab.machine.clock()).rate).toBe(1);
  const [variant] = variantsOf(plan);
  const requests = await run.requestsFor(variant!, SHORT);
  const { result, words } = await run.measure(variant!, requests);
  expect(words.join(' ')).toBe('-p 6379 -t set -c 50 -n 2000 -P 16 -d 3 --csv');
  expect(result.test).toBe('SET');
  expect(result.requestsPerSecond).toBeGreaterThan(0);
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  await run.end();
  expect((await lab.machine.clock()).rate).toBe(0);
  expect(await lab.node('redis-1').ask('EXISTS', 'key:__rand_int__')).toBe(1);
});

test('an append-only file and a slow disk are there for their variants, and then no more', async () => {
  const plan: BenchmarkPlan = { appendonly: ['always', 'off'], fsyncMs: 1 };
  const { lab, run } = await prepared(plan);
  const redis = lab.node('redis-1');
  const settings = (): Promise<unknown> => redis.ask('CONFIG', 'GET', 'append*');
  const before = await settings();
  const [always, off] = variantsOf(plan);
  await run.begin();
  await run.measure(always!, 2000);
  const [written] = (await lab.machine.listFiles('/data/redis-1/appendonlydir')).filter(({ path }) =>
    path.includes('.incr.'),
  );
  expect(written!.sizeBytes).toBeGreaterThan(2000);
  expect((await lab.machine.faults()).disks).toMatchObject([{ host: '10.0.0.1', fsyncMs: 1 }]);
  await run.measure(off!, 2000);
  await run.end();
  expect(await settings()).toEqual(before);
  expect((await lab.machine.faults()).disks).toEqual([]);
});

test('a run that is cancelled ends at once, and leaves no process', async () => {
  const plan = { pipeline: [1] };
  const { lab, run } = await prepared(plan);
  await run.begin();
  const measured = run.measure(variantsOf(plan)[0]!, 10_000_000);
  const refused = expect(measured).rejects.toThrow(BenchmarkCancelled);
  await run.cancel();
  await refused;
  await run.end();
  const programs = (await lab.machine.processes()).map(({ argv }) => argv[0]);
  expect(programs).toEqual(['redis-server']);
});

test('a server that does not answer is said, and one that has gone has no result', async () => {
  const plan: BenchmarkPlan = { appendonly: ['off'] };
  const { lab, run } = await prepared(plan);
  await lab.node('redis-1').kill();
  await expect(run.begin()).rejects.toThrow('the server did not answer CONFIG GET appendonly');
  await run.end();
  expect((await lab.machine.clock()).rate).toBe(0);
  const { lab: other, run: gone } = await prepared({});
  await gone.begin();
  await other.node('redis-1').kill();
  await expect(gone.requestsFor(variantsOf({})[0]!, SHORT)).rejects.toThrow(/has no result: .*Connection refused/s);
  await gone.end();
});
