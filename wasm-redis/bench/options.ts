import { parseArgs } from 'node:util';
import { type Effort } from './measure.ts';
import { PATH_NAMES, type PathName } from './path.ts';
import { type Pipeline, PIPELINES, type Row, ROWS } from './rows.ts';

const USUAL_PARTS = ['commands', 'boot', 'sizes', 'chromium', 'saves', 'lab-page'] as const;
/** With those that take minutes and are asked for by name: how long the project's own tools take. */
export const PARTS = [...USUAL_PARTS, 'site-build', 'lesson-checks'] as const;

export interface BenchOptions {
  parts: readonly (typeof PARTS)[number][];
  rows: readonly Row[];
  pipelines: readonly Pipeline[];
  paths: readonly PathName[];
  effort: Effort;
  json: boolean;
  /** Whether the commands' figures are kept in `reports/bench.json`. */
  report: boolean;
}

/**
 * Options of `npm run bench -- ...`. Throws, naming what there is, on one it does not know.
 *
 * `--parts commands,boot,sizes,chromium,saves,lab-page` (and `site-build,lesson-checks`, which take minutes), `--rows SET,GET`,
 * `--pipelines 1,16` and `--paths socket,tcp` select; `--runs 5` and `--seconds 0.5` say how often and for how long each row runs; `--json` prints nothing but the commands, as a JSON array; `--report` puts them into reports/bench.json as well.
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      parts: { type: 'string', default: USUAL_PARTS.join() },
      rows: { type: 'string', default: ROWS.map(({ name }) => name).join() },
      pipelines: { type: 'string', default: PIPELINES.join() },
      paths: { type: 'string', default: PATH_NAMES.join() },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '0.5' },
      json: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
    },
  });
  return {
    parts: select('parts', values.parts, PARTS, String),
    rows: select('rows', values.rows, ROWS, ({ name }) => name),
    pipelines: select('pipelines', values.pipelines, PIPELINES, String),
    paths: select('paths', values.paths, PATH_NAMES, String),
    effort: { runs: positive('runs', values.runs), seconds: positive('seconds', values.seconds) },
    json: values.json,
    report: values.report,
  };
}

function select<T>(option: string, wanted: string, all: readonly T[], name: (item: T) => string): T[] {
  return wanted.split(',').map((text) => {
    const found = all.find((item) => name(item).toLowerCase() === text.trim().toLowerCase());
    if (found === undefined) throw new Error(`--${option}: "${text}" is none of ${all.map(name).join(', ')}.`);
    return found;
  });
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${option} takes a number greater than 0, not "${text}".`);
  return value;
}
