/** When an append-only file is written to disk, or that there is none. */
export type AppendOnly = 'off' | 'everysec' | 'always' | 'no';

/** What a lesson compares: each list is one thing that is varied; what is not given stays as it is. */
export interface BenchmarkPlan {
  /** A test of redis-benchmark: `set`, `get`, `lpush`. Default `set`. */
  test?: string;
  /** Name of the node. Default: the lab's first server. */
  node?: string;
  /** Connections. Default 50, as redis-benchmark has it. */
  clients?: number;
  /** Commands that a connection sends before it waits for replies. */
  pipeline?: readonly number[];
  /** Bytes of a value. */
  valueBytes?: readonly number[];
  /** `off` is no append-only file; the others are values of `appendfsync`. */
  appendonly?: readonly AppendOnly[];
  /** How long an fsync takes on the disk of this benchmark. Default: as the lab's disk is, at once. */
  fsyncMs?: number;
  /** How long each variant is measured, about. Default 1.2. */
  seconds?: number;
}

/** One bar of the chart: what is different in it. */
export interface Variant {
  pipeline: number;
  valueBytes: number;
  appendonly: AppendOnly | undefined;
  /** Only what the plan varies, in words. */
  name: string;
}

/** More than this nobody waits for, or can compare. */
const VARIANTS_MAX = 24;

/** All combinations of what a plan varies, the first list slowest. Throws `RangeError` for a plan that cannot be run. */
export function variantsOf(plan: BenchmarkPlan): Variant[] {
  const pipelines = positive('pipeline', plan.pipeline ?? [1]);
  const sizes = positive('valueBytes', plan.valueBytes ?? [3]);
  const files = plan.appendonly ?? [undefined];
  const variants = files.flatMap((appendonly) =>
    sizes.flatMap((valueBytes) =>
      pipelines.map((pipeline): Variant => {
        const words = [
          ...(files.length > 1 ? [appendonlyInWords(appendonly)] : []),
          ...(sizes.length > 1 ? [bytesInWords(valueBytes)] : []),
          ...(pipelines.length > 1 || (files.length === 1 && sizes.length === 1) ? [`pipeline ${pipeline}`] : []),
        ];
        return { pipeline, valueBytes, appendonly, name: words.join(', ') };
      }),
    ),
  );
  if (variants.length > VARIANTS_MAX) {
    throw new RangeError(`a benchmark of ${variants.length} variants, at most ${VARIANTS_MAX}: vary less at once`);
  }
  return variants;
}

function positive(name: string, numbers: readonly number[]): readonly number[] {
  const wrong = numbers.find((number) => !(Number.isInteger(number) && number > 0));
  if (wrong !== undefined || numbers.length === 0) {
    throw new RangeError(`${name}: expected whole numbers greater than 0, found ${wrong ?? 'none'}`);
  }
  return numbers;
}

function appendonlyInWords(appendonly: AppendOnly | undefined): string {
  return appendonly === 'off' || appendonly === undefined ? 'AOF off' : `AOF ${appendonly}`;
}

/** 3 bytes, 1 kB, 10 kB, 1 MB. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${bytes / 1000} kB` : `${bytes / 1_000_000} MB`;
}

/** The arguments of redis-benchmark for a variant, as one would type them. */
export function benchmarkWords(plan: BenchmarkPlan, variant: Variant, port: number, requests: number): string[] {
  const { test = 'set', clients = 50 } = plan;
  const words = [
    '-p',
    port,
    '-t',
    test,
    '-c',
    clients,
    '-n',
    requests,
    '-P',
    variant.pipeline,
    '-d',
    variant.valueBytes,
  ];
  return [...words.map(String), '--csv'];
}
