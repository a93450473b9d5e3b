import { type BenchReport } from '../../wasm-redis/bench/report.ts';
import { wantedRatio } from '../../wasm-redis/bench/wanted.ts';
import { type FidelitySection, list } from './section.ts';

/** The two ways to load a server of which something is wanted, and their pipelines, in the order of the columns. */
const COLUMNS = [
  { path: 'socket', pipeline: 1 },
  { path: 'socket', pipeline: 16 },
  { path: 'tcp', pipeline: 1 },
  { path: 'tcp', pipeline: 16 },
] as const;

/** How fast the engine is beside the native server: ratios only, because commands per second are the computer's. */
export function speedSection({ date, computer, node, effort, commands }: BenchReport): FidelitySection {
  const names = [...new Set(commands.map(({ name }) => name))];
  const find = (
    name: string,
    { path, pipeline }: (typeof COLUMNS)[number],
  ): BenchReport['commands'][number] | undefined =>
    commands.find((row) => row.name === name && row.path === path && row.pipeline === pipeline);
  const rows = names.map((name) => [
    name,
    ...COLUMNS.map((column) => find(name, column)?.ratio.toFixed(2) ?? 'not run'),
  ]);
  const missed = names.flatMap((name) =>
    COLUMNS.flatMap((column) => {
      const row = find(name, column);
      const wanted = row && wantedRatio(row);
      if (!row || wanted === undefined || row.ratio >= wanted) return [];
      return [`${name} on ${column.path} with pipeline ${column.pipeline} (${row.ratio.toFixed(2)} of ${wanted})`];
    }),
  );
  return {
    heading: 'Speed',
    sentences: [
      `Commands per second of this engine, divided by those of the native server, both on the same computer and in turns: ${computer}, ` +
        `Node ${node}, ${date}, medians of ${effort.runs} runs. Path socket writes requests straight into 50 sockets of the machine, ` +
        'as a page does; path tcp has both on real ports, under the native redis-benchmark.',
      missed.length === 0
        ? 'Every row reaches what the project wants of it.'
        : `Below what the project wants: ${list(missed)}.`,
    ],
    tables: [
      {
        caption: 'Times as fast as the native server',
        head: ['Command', ...COLUMNS.map(({ path, pipeline }) => `${path}, pipeline ${pipeline}`)],
        rows,
      },
    ],
  };
}
