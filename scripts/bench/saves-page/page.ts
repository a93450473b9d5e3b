import { measureSaves, type SaveTimes } from '../../../wasm-redis/bench/saves.ts';
import { startWorkerMachine } from '../../../wasm-redis/worker/client.ts';

declare global {
  interface Window {
    /** Measures on a machine of its own, in a worker. */
    measureSaves: (rounds: number) => Promise<SaveTimes>;
  }
}

window.measureSaves = async (rounds) => {
  const worker = startWorkerMachine({
    scope: '/',
    preload: ['redis-server', 'redis-cli'],
    seed: 1,
    epochMs: 0,
    clockRate: 0,
  });
  try {
    await worker.alive;
    return await measureSaves(worker.machine, rounds);
  } finally {
    worker.terminate();
  }
};
