import { expect, test } from 'vitest';
import { measureCommands } from './commands.ts';
import { figureCells } from './figure.ts';
import { median } from './measure.ts';
import { parseRate } from './native-benchmark.ts';
import { parseOptions } from './options.ts';
import { formatTable } from './table.ts';

test('every row runs on every path and on the native server', { timeout: 120_000 }, async () => {
  const options = parseOptions(['--pipelines', '16', '--runs', '1', '--seconds', '0.02']);
  const said: string[] = [];
  const measurements = await measureCommands(options, (name) => said.push(name));
  expect(said).toHaveLength(10);
  expect(measurements).toHaveLength(30);
  for (const measurement of measurements) {
    expect(measurement).toEqual({
      name: expect.any(String) as string,
      pipeline: expect.any(Number) as number,
      path: expect.any(String) as string,
      wasm: expect.any(Number) as number,
      native: expect.any(Number) as number,
      ratio: expect.any(Number) as number,
      unit: 'commands/s',
    });
    expect(measurement.wasm).toBeGreaterThan(0);
  }
});

test('options select, and what they do not know is named', () => {
  const { rows, pipelines, paths, effort } = parseOptions([
    '--rows',
    'set,LRANGE 100',
    '--pipelines',
    '16',
    '--runs',
    '7',
  ]);
  expect(rows.map(({ name }) => name)).toEqual(['SET', 'LRANGE 100']);
  expect([pipelines, paths, effort.runs]).toEqual([[16], ['socket', 'benchmark', 'tcp'], 7]);
  expect(() => parseOptions(['--rows', 'GTE'])).toThrowErrorMatchingInlineSnapshot(
    `[Error: --rows: "GTE" is none of SET, GET, INCR, LPUSH, LRANGE 100, SADD, HSET, ZADD, XADD, EVAL.]`,
  );
  expect(() => parseOptions(['--runs', 'often'])).toThrowErrorMatchingInlineSnapshot(
    `[Error: --runs takes a number greater than 0, not "often".]`,
  );
});

test('the rate is read from the last line of redis-benchmark’s CSV, whatever the command contains', () => {
  const header =
    '"test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"';
  const row = '"EVAL return redis.call(\'INCR\', KEYS[1]) 1 counter","81234.50","0.5","0.1","0.4","0.9","1.1","2.0"';
  expect(parseRate(`${header}\n${row}\n`)).toBe(81234.5);
  expect(() => parseRate('Could not connect to Redis')).toThrow('redis-benchmark printed no row of numbers');
});

test('the median is the middle one, or between the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('There is no median of nothing.');
});

test('tables are aligned, figures have their unit', () => {
  const rows = [
    figureCells({ name: 'boot', value: 16.04, native: 5, unit: 'ms' }),
    figureCells({ name: 'memory', value: 4_194_304, unit: 'bytes' }),
  ];
  expect(formatTable(['', 'ours', 'native'], rows).split('\n')).toEqual([
    '              ours  native',
    '------  ----------  ------',
    'boot       16.0 ms  5.0 ms',
    'memory  4,194.3 kB',
  ]);
});
