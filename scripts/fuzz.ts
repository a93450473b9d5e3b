/** `npm run fuzz -- --target resp|restore|rdb|aof|syscalls --minutes N --seed S`: hostile input, until the time is over. */
import { parseArgs } from 'node:util';
import { fuzz } from '../wasm-redis/fuzz/target.ts';
import { TARGETS } from '../wasm-redis/fuzz/targets.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string', default: 'syscalls' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const create = TARGETS[values.target];
if (!create) throw new Error(`There is no target ${values.target}; there are ${Object.keys(TARGETS).join(', ')}.`);

const target = await create();
const until = performance.now() + Number(values.minutes) * 60_000;
const { executions, findings } = await fuzz(target, Number(values.seed), () => performance.now() < until);
await target.close();
for (const { seed, account } of findings) console.log(`seed ${seed}\n${account}\n`);
console.log(`${target.name}: ${executions} executions from seed ${values.seed}, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
