import { expose } from 'comlink';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadModule } from '../node/load-module.ts';
import { EPOCH_MS } from '../tests/rig.ts';
import { createEngine } from '../worker/engine.ts';
import { connectMachine } from '../worker/remote-machine.ts';
import { TOPOLOGIES } from './presets.ts';
import { startTopology } from './start-topology.ts';

/** Of real time: seconds on a quiet computer, more on a busy one. */
vi.setConfig({ testTimeout: 60_000 });

test('a lab runs on the other side of a worker too: it starts, and its faults arrive', async () => {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  expose(createEngine({ modules: { fetch: loadModule, sizeBytes: () => 0 }, ask: () => '' }), port2);
  const options = { seed: 1, epochMs: EPOCH_MS, clockRate: 0, preload: [], busyInputUrl: '', leave: () => undefined };
  const { alive, machine } = connectMachine(port1, options);
  await alive;
  const lab = await startTopology(machine, TOPOLOGIES.sentinel);
  await lab.node('redis-1').kill();
  await lab.until(async () => {
    const log = await lab.node('sentinel-1').log();
    return log.includes('+switch-master') ? undefined : 'no switch';
  }, 60_000);
  expect(await lab.node('redis-1').ask('PING')).toBe(undefined);
  await machine.dispose();
});
