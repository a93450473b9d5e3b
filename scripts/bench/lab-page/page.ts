import { BARS_TOPOLOGY } from '../../../wasm-redis/bench/bars-topology.ts';
import { startWorkerMachine } from '../../../wasm-redis/worker/client.ts';

declare global {
  interface Window {
    /** Starts thirteen processes in a worker and lets the clock run. Resolves with the sizes of their memories in bytes. */
    startLab: () => Promise<number[]>;
  }
}

window.startLab = async () => {
  const { machine, startTopology } = startWorkerMachine({
    scope: '/',
    preload: ['redis-server', 'redis-cli'],
    seed: 1,
    epochMs: 0,
    clockRate: 0,
  });
  const { nodes } = await startTopology(BARS_TOPOLOGY, () => {});
  const terminal = await machine.openTerminal({ columns: 80, rows: 24 }, () => {});
  await machine.spawn({ argv: ['redis-cli', '-h', nodes[0]!.description.host], terminal });
  await machine.setClockRate(1);
  return (await machine.processes()).map(({ memoryBytes }) => memoryBytes);
};
