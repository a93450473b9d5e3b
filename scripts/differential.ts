/**
 * `npm run differential -- --commands N --seed S`: the same commands on native redis-server and on ours, every reply
 * compared. `--trips N` adds round trips of dump.rdb and AOF, both ways. `--report add` puts the run into
 * reports/differential.json beside others, `--report anew` in their place. `--minutes N` ends it earlier.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CampaignResult, type Finding, formatFinding, runCampaign } from '../wasm-redis/differential/campaign.ts';
import { readDocumentation } from '../wasm-redis/differential/documentation.ts';
import { addRun, type DifferentialRun } from '../wasm-redis/differential/report.ts';
import { Duel } from '../wasm-redis/differential/duel.ts';
import { NativeContender } from '../wasm-redis/differential/native-contender.ts';
import { runRoundTrips } from '../wasm-redis/differential/round-trip.ts';
import { UNCOVERED } from '../wasm-redis/differential/uncovered.ts';
import { WasmContender } from '../wasm-redis/differential/wasm-contender.ts';

const REPORT = 'reports/differential.json';
const FOUND = 'wasm-redis/differential/found';
const PROGRESS_EVERY = 50_000;

const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    trips: { type: 'string', default: '0' },
    'stop-after': { type: 'string', default: '5' },
    minutes: { type: 'string' },
    report: { type: 'string' },
  },
});
if (![undefined, 'add', 'anew'].includes(values.report)) throw new Error('--report is followed by add or anew.');
const seed = Number(values.seed);
const began = performance.now();
const until = values.minutes === undefined ? Infinity : began + Number(values.minutes) * 60_000;
const more = (): boolean => performance.now() < until;

const result = await compare();
const trips = await runRoundTrips(Number(values.trips), seed, (account) => console.log(account), more);
printCoverage(result);
const differences = result.findings.length + trips.differences;
console.log(
  `${result.commands} commands, seeds ${result.seeds.join(' to ')}; ${trips.trips} round trips; ` +
    `${differences} differences; ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
if (values.report !== undefined) await writeReport();
process.exitCode = differences > 0 ? 1 : 0;

async function compare(): Promise<CampaignResult> {
  const native = await NativeContender.start();
  const ours = await WasmContender.start(seed);
  let next = PROGRESS_EVERY;
  try {
    const commands = await readDocumentation(ours);
    return await runCampaign(new Duel(native, ours, commands), commands, {
      commands: Number(values.commands),
      seed,
      stopAfter: Number(values['stop-after']),
      more,
      onFinding: keep,
      onProgress: (done) => {
        if (done < next) return;
        console.log(`${done} commands`);
        next += PROGRESS_EVERY;
      },
    });
  } finally {
    await native.stop();
    await ours.stop();
  }
}

/** A finding is printed, and becomes a file that the tests play from now on. */
function keep(finding: Finding): void {
  console.log(formatFinding(finding));
  mkdirSync(FOUND, { recursive: true });
  const file = `${FOUND}/seed-${finding.seed}.json`;
  writeFileSync(file, `${JSON.stringify(finding.sequence, undefined, 2)}\n`);
  console.log(`  kept as ${file}`);
}

function printCoverage({ coverage }: CampaignResult): void {
  for (const [name, { calls, successes }] of coverage.entries) {
    const reason = UNCOVERED[name];
    console.log(`${name.padEnd(28)} ${reason ? `not sent: ${reason}` : `${calls} calls, ${successes} without error`}`);
  }
  const { missing } = coverage;
  if (missing.length > 0) console.log(`Never without error, and no reason is given: ${missing.join(', ')}`);
}

async function writeReport(): Promise<void> {
  const { commands, seeds, findings, coverage } = result;
  const run: DifferentialRun = {
    date: new Date().toISOString().slice(0, 10),
    native: '7.0.15',
    commands,
    seeds: { first: seed, last: Math.max(seeds[1], seed + trips.trips - 1) },
    differences: findings.length,
    commandsCalled: coverage.entries.filter(([, { calls }]) => calls > 0).length,
    commandsNeverSuccessful: commands > 0 ? coverage.missing : [],
    roundTrips: { trips: trips.trips, differences: trips.differences, kinds: trips.kinds },
  };
  await addRun(REPORT, run, values.report === 'anew');
}
