import { expect, test } from 'vitest';
import { benchmarkWords, bytesInWords, variantsOf } from './plan.ts';
import { readBenchmarkCsv } from './read-csv.ts';

const names = (...args: Parameters<typeof variantsOf>): string[] => variantsOf(...args).map(({ name }) => name);

test('each list is varied, and only what varies is named', () => {
  expect(names({ pipeline: [1, 16, 100] })).toEqual(['pipeline 1', 'pipeline 16', 'pipeline 100']);
  expect(names({ appendonly: ['off', 'everysec', 'always'] })).toEqual(['AOF off', 'AOF everysec', 'AOF always']);
  expect(names({ valueBytes: [3, 1000, 25_000], pipeline: [16] })).toEqual(['3 bytes', '1 kB', '25 kB']);
  expect(names({ appendonly: ['off', 'always'], pipeline: [1, 16] })).toEqual([
    'AOF off, pipeline 1',
    'AOF off, pipeline 16',
    'AOF always, pipeline 1',
    'AOF always, pipeline 16',
  ]);
  expect(names({})).toEqual(['pipeline 1']);
});

test('a plan that cannot be run says why', () => {
  expect(() => variantsOf({ pipeline: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: pipeline: expected whole numbers greater than 0, found 0]`,
  );
  expect(() => variantsOf({ valueBytes: [] })).toThrow('found none');
  const many = Array.from({ length: 13 }, (_, index) => index + 1);
  expect(() => variantsOf({ pipeline: many, valueBytes: [3, 10] })).toThrow('26 variants, at most 24');
});

test('the arguments are those that one would type', () => {
  const [variant] = variantsOf({ pipeline: [16] });
  expect(benchmarkWords({ test: 'get', clients: 20 }, variant!, 6379, 1000).join(' ')).toBe(
    '-p 6379 -t get -c 20 -n 1000 -P 16 -d 3 --csv',
  );
  expect([999, 1000, 1500, 2_000_000].map(bytesInWords)).toEqual(['999 bytes', '1 kB', '1.5 kB', '2 MB']);
});

const HEAD =
  '"test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"';

test('what redis-benchmark prints with --csv is read by the names of its columns', () => {
  const text = `WARNING: something\n${HEAD}\n"SET","27247.96","1.249","0.048","0.135","6.407","28.815","41.215"\n`;
  expect(readBenchmarkCsv(text)).toEqual([
    {
      test: 'SET',
      requestsPerSecond: 27247.96,
      averageMs: 1.249,
      minMs: 0.048,
      p50Ms: 0.135,
      p95Ms: 6.407,
      p99Ms: 28.815,
      maxMs: 41.215,
    },
  ]);
  expect(readBenchmarkCsv(`${HEAD}\n`)).toEqual([]);
  expect(readBenchmarkCsv('Could not connect to Redis\n')).toEqual([]);
});

test('a column that is missing is an error, not a zero', () => {
  expect(() => readBenchmarkCsv('"test","rps"\n"SET","1.0"\n')).toThrow('expected a number for avg_latency_ms');
  expect(() => readBenchmarkCsv(`${HEAD}\n"SET","inf","1","1","1","1","1","1"\n`)).toThrow('expected a number for rps');
});
