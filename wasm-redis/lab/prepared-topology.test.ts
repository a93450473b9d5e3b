import { expect, test } from 'vitest';
import { startMachine } from '../tests/rig.ts';
import { Lab } from './lab.ts';
import { PreparedMachines } from './prepared-machines.ts';
import { TOPOLOGIES } from './presets.ts';
import { missingIn } from './ready.ts';
import { startTopology } from './start-topology.ts';

test(
  'a preset that was prepared is there at once, keeps what it promises, and its nodes are found',
  { timeout: 30_000 },
  async () => {
    const machine = startMachine();
    const prepared = await PreparedMachines.on(machine);
    const prepare = async (): Promise<void> => void (await startTopology(machine, TOPOLOGIES.replication));
    await prepared.enter('replication', prepare);
    const { uptimeMs } = await machine.clock();
    const lab = new Lab(machine, TOPOLOGIES.replication);
    await lab.locate();
    const pids = lab.nodes.map(({ pid }) => pid);
    await lab.node('redis-1').kill();
    await lab.node('redis-2').ask('SET', 'k', 'changed');
    await machine.advance(5000);
    await prepared.enter('replication', () => Promise.reject(new Error('prepared twice')));
    expect((await machine.clock()).uptimeMs).toBe(uptimeMs);
    await lab.locate();
    expect(lab.nodes.map(({ pid }) => pid)).toEqual(pids);
    expect(await missingIn(lab)).toBeUndefined();
    await lab.node('redis-1').kill();
    await machine.settle();
    expect(lab.node('redis-1').pid).toBeUndefined();
    await lab.locate();
    expect(lab.nodes.map(({ pid }) => pid)).toEqual([undefined, ...pids.slice(1)]);
  },
);
