import { expect, test } from 'vitest';
import type { DirectMachine } from '../direct/direct-machine.ts';
import { AT_ONCE, EACH_US } from '../kernel/connection-pace.ts';
import { startMachine } from '../tests/rig.ts';
import { Lab } from './lab.ts';
import { node } from './presets.ts';

/** More turns of the host's loop than a second of the machine needs. */
const TURNS = 400;

/** A primary with a password, and a replica that does not know it: refused, it tries again at once, for ever. */
async function refusedReplica(machine: DirectMachine): Promise<Lab> {
  const lab = new Lab(machine, {
    nodes: [
      node('server', 1, 'shop', { options: { requirepass: 'secret' } }),
      node('server', 2, 'copy', { replicaOf: 'shop' }),
    ],
  });
  for (const member of lab.nodes) {
    await member.writeFiles();
    await member.start();
  }
  return lab;
}

/** Whether the machine gets a second further within `TURNS`. */
async function passesASecond(machine: DirectMachine): Promise<boolean> {
  let passed = false;
  void machine.advance(1000).then(() => (passed = true));
  for (let turn = 0; turn < TURNS && !passed; turn++) await new Promise((resolve) => setImmediate(resolve));
  return passed;
}

const attempts = async (lab: Lab): Promise<number> =>
  (await lab.node('copy').log()).match(/MASTER <-> REPLICA sync started/g)?.length ?? 0;

test('a replica that is refused without end does not keep the machine at one instant', async () => {
  const machine = startMachine();
  const lab = await refusedReplica(machine);
  expect(await passesASecond(machine)).toBe(true);
  const inTheFirst = await attempts(lab);
  expect(inTheFirst).toBeGreaterThan(AT_ONCE);
  expect(await passesASecond(machine)).toBe(true);
  expect((await attempts(lab)) - inTheFirst).toBeLessThanOrEqual(1000 / (EACH_US / 1000));
});

test('it is connected as soon as it is told the password', async () => {
  const machine = startMachine();
  const lab = await refusedReplica(machine);
  await machine.advance(100);
  await lab.node('copy').ask('CONFIG', 'SET', 'masterauth', 'secret');
  await machine.advance(3000);
  expect((await lab.node('copy').askFields('INFO', 'replication')).get('master_link_status')).toBe('up');
});
