import { expect, test } from 'vitest';
import { type Info, readInfo } from './info.ts';
import { Samples } from './samples.ts';

const info = (hits: number, misses: number, ops = 5): Info =>
  readInfo(
    `# Stats\r\ninstantaneous_ops_per_sec:${String(ops)}\r\nkeyspace_hits:${String(hits)}\r\nkeyspace_misses:${String(misses)}\r\n`,
  );

test('the hit rate is that of the reads since the sample before, and none without reads', () => {
  const samples = new Samples();
  samples.add(0, info(10, 10));
  samples.add(500, info(13, 11));
  samples.add(1000, info(13, 11));
  expect(samples.all.map(({ hitRate }) => hitRate)).toEqual([undefined, 0.75, undefined]);
});

test('a server that counts from nothing again has no hit rate for that time', () => {
  const samples = new Samples();
  samples.add(0, info(10, 10));
  samples.add(500, info(0, 0));
  samples.add(1000, info(1, 1));
  expect(samples.all.map(({ hitRate }) => hitRate)).toEqual([undefined, undefined, 0.5]);
});

test('while the clock stands the last sample is replaced', () => {
  const samples = new Samples();
  samples.add(500, info(0, 0, 1));
  samples.add(500, info(1, 1, 2));
  samples.add(500, info(1, 1, 3));
  expect(samples.all).toHaveLength(1);
  expect(samples.all[0]).toMatchObject({ opsPerSecond: 3, hitRate: 0.5 });
});

test('when the machine has gone back, what came later is forgotten', () => {
  const samples = new Samples();
  for (const uptimeMs of [0, 500, 1000, 1500]) samples.add(uptimeMs, info(uptimeMs, 0));
  samples.add(600, info(500, 0));
  expect(samples.all.map(({ uptimeMs }) => uptimeMs)).toEqual([0, 500, 600]);
  expect(samples.all.at(-1)?.hitRate).toBe(undefined);
});

test('what a node does not say is undefined, as memory of a Sentinel', () => {
  const samples = new Samples();
  samples.add(0, readInfo('# Clients\r\nconnected_clients:3\r\n'));
  expect(samples.all[0]).toMatchObject({ clients: 3, memoryBytes: undefined, opsPerSecond: undefined });
});

test('it keeps the last 240', () => {
  const samples = new Samples();
  for (let second = 0; second < 300; second++) samples.add(second * 1000, info(0, 0));
  expect(samples.all).toHaveLength(240);
  expect(samples.all[0]?.uptimeMs).toBe(60_000);
});
