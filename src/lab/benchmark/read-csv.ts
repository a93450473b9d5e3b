/** What redis-benchmark says of one test: requests a second, and latencies in milliseconds. */
export interface BenchmarkResult {
  test: string;
  requestsPerSecond: number;
  averageMs: number;
  minMs: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

const COLUMNS = {
  rps: 'requestsPerSecond',
  avg_latency_ms: 'averageMs',
  min_latency_ms: 'minMs',
  p50_latency_ms: 'p50Ms',
  p95_latency_ms: 'p95Ms',
  p99_latency_ms: 'p99Ms',
  max_latency_ms: 'maxMs',
} as const;

/** Reads what `redis-benchmark --csv` prints: a line of names, and one for each test. Throws if a column is missing. */
export function readBenchmarkCsv(text: string): BenchmarkResult[] {
  const [head, ...lines] = text
    .split('\n')
    .filter((line) => line.startsWith('"'))
    .map((line) => [...line.matchAll(/"([^"]*)"/g)].map(([, cell]) => cell!));
  if (!head) return [];
  return lines.map((cells) => {
    const entries = Object.entries(COLUMNS).map(([column, field]): [string, number] => {
      const value = Number(cells[head.indexOf(column)] ?? NaN);
      if (!Number.isFinite(value))
        throw new Error(`redis-benchmark --csv: expected a number for ${column} in: ${cells.join(', ')}`);
      return [field, value];
    });
    return { test: cells[0]!, ...Object.fromEntries(entries) } as unknown as BenchmarkResult;
  });
}
