import { expose } from 'comlink';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadModule } from '../node/load-module.ts';
import type { Machine } from '../machine.ts';
import { EPOCH_MS, startMachine } from '../tests/rig.ts';
import { createEngine } from '../worker/engine.ts';
import { connectMachine, type RemoteMachine } from '../worker/remote-machine.ts';
import { node, TOPOLOGIES } from './presets.ts';
import { startTopology } from './start-topology.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

function connect(): RemoteMachine {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  expose(
    createEngine(() => ''),
    port2,
  );
  return connectMachine(port1, {
    seed: 1,
    epochMs: EPOCH_MS,
    clockRate: 0,
    loadModule,
    preload: [],
    busyInputUrl: '',
    leave: () => undefined,
  });
}

test('a lab runs on the other side of a worker too: it starts there, and its faults arrive', async () => {
  const { machine, startTopology } = connect();
  const listening: number[] = [];
  const lab = await startTopology(TOPOLOGIES.sentinel, (progress) => listening.push(progress.listening));
  expect([listening[0], listening.at(-1)]).toEqual([0, 6]);
  expect(lab.nodes.every(({ pid }) => pid !== undefined)).toBe(true);
  expect(await lab.node('redis-1').ask('CLIENT', 'LIST', 'TYPE', 'normal')).not.toContain('cmd=info');
  await lab.node('redis-1').kill();
  await lab.until(async () => {
    const log = await lab.node('sentinel-1').log();
    return log.includes('+switch-master') ? undefined : 'no switch';
  }, 60_000);
  expect(await lab.node('redis-1').ask('PING')).toBe(undefined);
  await machine.dispose();
});

test('a lab goes on over there as it would have here', async () => {
  const here = startMachine();
  await (await startTopology(here, TOPOLOGIES.replication)).machine.advance(3000);
  const { machine, startTopology: startThere } = connect();
  const there = await startThere(TOPOLOGIES.replication, () => undefined);
  await there.machine.advance(3000);
  const log = async (machine: Machine): Promise<string> =>
    new TextDecoder().decode(await machine.readFile(`${there.node('redis-1').folder}/node.log`));
  expect(await log(machine)).toBe(await log(here));
});

test('a lab that does not start over there says why, and one whose machine is ended does not keep anybody waiting', async () => {
  const { startTopology, end } = connect();
  const wrong = { nodes: [node('server', 1, 'redis-1', { options: { maxclients: 'many' } })] };
  await expect(startTopology(wrong, () => undefined)).rejects.toThrow('redis-1: expected it to listen');
  const starting = startTopology(TOPOLOGIES.cluster, () => end(new Error('another page')));
  await expect(starting).rejects.toThrow('another page');
});
