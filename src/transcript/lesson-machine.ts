import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { single, TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { startTopology, type StartProgress } from '../../wasm-redis/lab/start-topology.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import type { Machine, MachineOptions } from '../../wasm-redis/machine.ts';
import type { MachineDescription } from './machine-description.ts';

/**
 * What every lesson's machine is made from, so that the printed replies are the ones that the page gives too: the same
 * random numbers, and a clock that begins on the first of January 2026 and stands still until a transcript moves it.
 */
export const LESSON_MACHINE = {
  seed: 7015,
  epochMs: Date.UTC(2026, 0, 1),
  clockRate: 0,
} as const satisfies Omit<MachineOptions, 'loadModule'>;

/** The processes that a description asks for. */
export function topologyOf({ topology, server }: MachineDescription): Topology {
  if (typeof topology !== 'string') return topology;
  return topology === 'single' ? single(server) : TOPOLOGIES[topology];
}

/**
 * Starts what a page's machine runs; resolves when it holds what it promises. Rejects with a `TopologyError` when a node
 * ends instead, which a mistaken option makes it do, or a promise does not come true.
 */
export function startLessonMachine(
  machine: Machine,
  description: MachineDescription,
  onProgress?: (progress: StartProgress) => void,
): Promise<Lab> {
  return startTopology(machine, topologyOf(description), onProgress ? { onProgress } : {});
}
