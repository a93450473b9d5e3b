import { type Path, type PathName } from './path.ts';
import { type Pipeline, type Row } from './rows.ts';

/** One line of the result: commands per second, and how much faster ours is. */
export interface Measurement {
  name: string;
  pipeline: Pipeline;
  path: PathName;
  wasm: number;
  native: number;
  /** wasm / native. */
  ratio: number;
  unit: 'commands/s';
}

/** How long and how often. */
export interface Effort {
  /** Odd, so that there is a median. */
  runs: number;
  /** Seconds that one run shall take. */
  seconds: number;
}

/** Requests of the run that finds out how many fill the time; it warms the engine up, too. */
const FIRST_REQUESTS_MAX = 20_000;
/** About what a server does in a second; times the pipeline. */
const FIRST_RATE = 100_000;

/** Measures one row natively and on each path, in turns, so that whatever else the machine does meets all of them. */
export async function measureRow(
  row: Row,
  pipeline: Pipeline,
  native: Path,
  paths: ReadonlyMap<PathName, Path>,
  effort: Effort,
): Promise<Measurement[]> {
  const contenders = [native, ...paths.values()];
  const requests = new Map<Path, number>();
  const rates = new Map<Path, number[]>(contenders.map((path) => [path, []]));
  for (const path of contenders) {
    await path.prepare(row);
    const first = Math.min(FIRST_REQUESTS_MAX, Math.ceil(FIRST_RATE * pipeline * effort.seconds));
    const rate = await path.run(row, pipeline, first);
    requests.set(path, Math.max(1, Math.ceil(rate * effort.seconds)));
  }
  for (let run = 0; run < effort.runs; run++) {
    for (const path of contenders) {
      await path.prepare(row);
      rates.get(path)!.push(await path.run(row, pipeline, requests.get(path)!));
    }
  }
  return [...paths].map(([name, path]) => {
    const [ours, theirs] = [median(rates.get(path)!), median(rates.get(native)!)];
    const rounded = { wasm: Math.round(ours), native: Math.round(theirs), ratio: Number((ours / theirs).toFixed(2)) };
    return { name: row.name, pipeline, path: name, ...rounded, unit: 'commands/s' };
  });
}

/** The middle one; of an even number, the mean of the two in the middle. Throws without numbers. */
export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new Error('There is no median of nothing.');
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}
