/**
 * `npm run fuzz -- --target resp|restore|rdb|aof|syscalls --minutes N --seed S`: hostile input, until the time is over.
 * `--report` puts the run into reports/fuzz.json.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { type FuzzReport, type FuzzRun } from '../wasm-redis/fuzz/report.ts';
import { TARGETS } from '../wasm-redis/fuzz/targets.ts';
import { fuzzWatched } from '../wasm-redis/fuzz/watched.ts';

/** For one input, which takes some milliseconds on a quiet computer. */
const LIMIT_MS = 60_000;
const REPORT = 'reports/fuzz.json';
/** A target that goes wrong at every input says so soon enough. */
const FINDINGS = 20;

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'syscalls' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    report: { type: 'boolean', default: false },
  },
});
if (!TARGETS[values.target])
  throw new Error(`There is no target ${values.target}; there are ${Object.keys(TARGETS).join(', ')}.`);

const until = performance.now() + Number(values.minutes) * 60_000;
let found = 0;
const { executions, findings } = await fuzzWatched({
  target: values.target,
  firstSeed: Number(values.seed),
  more: () => performance.now() < until && found < FINDINGS,
  limitMs: LIMIT_MS,
  onFinding: ({ seed, account }) => {
    found++;
    console.log(`seed ${seed}\n${account}\n`);
  },
});
console.log(`${values.target}: ${executions} executions from seed ${values.seed}, ${findings.length} findings`);
if (values.report)
  await writeRun({
    date: new Date().toISOString().slice(0, 10),
    minutes: Number(values.minutes),
    firstSeed: Number(values.seed),
    executions,
    findings: findings.length,
  });
process.exitCode = findings.length > 0 ? 1 : 0;

/** Several targets may end at once: what another has written meanwhile is kept. */
async function writeRun(run: FuzzRun): Promise<void> {
  const read = (): string => (existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '{}');
  for (;;) {
    const before = read();
    const report: FuzzReport = { ...(JSON.parse(before) as FuzzReport), [values.target]: run };
    const text = await format(JSON.stringify(report), { parser: 'json', printWidth: 120 });
    if (read() !== before) continue;
    const draft = `${REPORT}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, REPORT);
    return;
  }
}
