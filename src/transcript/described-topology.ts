import { single, TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import type { Topology } from '../../wasm-redis/lab/topology.ts';
import type { MachineDescription } from './machine-description.ts';

/** The processes that a description asks for. */
export function topologyOf({ topology, server }: Pick<MachineDescription, 'topology' | 'server'>): Topology {
  if (typeof topology !== 'string') return topology;
  return topology === 'single' ? single(server) : TOPOLOGIES[topology];
}
