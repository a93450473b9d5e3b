/**
 * `npm run faults -- --schedules 300 --seed 1`: random faults on a cluster of six nodes under writes, one seed after the
 * other. A schedule in which Redis breaks a promise, or the machine does, is printed whole; `--schedules 1 --seed N` plays it
 * again.
 */
import { parseArgs } from 'node:util';
import { createDirectMachine } from '../wasm-redis/direct/direct-machine.ts';
import { runSchedule } from '../wasm-redis/lab/run-schedule.ts';
import { loadModule } from '../wasm-redis/node/load-module.ts';

const { values } = parseArgs({
  options: { schedules: { type: 'string', default: '300' }, seed: { type: 'string', default: '1' } },
});
const [schedules, firstSeed] = [Number(values.schedules), Number(values.seed)];
const sum = { acknowledged: 0, refused: 0, lost: 0, failed: 0, faults: 0 };
const began = performance.now();
for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
  const machine = createDirectMachine({ loadModule, seed, epochMs: Date.UTC(2026, 0, 1), clockRate: 0 });
  const { schedule, acknowledged, refused, lost, violations } = await runSchedule(machine, seed);
  await machine.dispose();
  sum.acknowledged += acknowledged;
  sum.refused += refused;
  sum.lost += lost;
  sum.faults += schedule.length;
  console.log(
    `seed ${seed}: ${schedule.length} faults, ${acknowledged} acknowledged, ${refused} refused, ${lost} lost`,
  );
  if (violations.length === 0) continue;
  sum.failed++;
  for (const { atMs, fault } of schedule) console.log(`  ${atMs} ms: ${JSON.stringify(fault)}`);
  for (const violation of violations) console.log(`  NOT ALLOWED: ${violation}`);
}
console.log(
  `${schedules} schedules, ${sum.faults} faults, ${sum.acknowledged} acknowledged writes, ${sum.refused} refused, ` +
    `${sum.lost} lost as asynchronous replication allows, ${sum.failed} schedules failed, ` +
    `${((performance.now() - began) / 1000).toFixed(0)} s`,
);
process.exitCode = sum.failed > 0 ? 1 : 0;
