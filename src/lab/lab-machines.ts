import type { TopologyName } from '../../wasm-redis/lab/presets.ts';

/** The machines that the lab offers, in the words of its form. */
export const LAB_MACHINES: readonly { name: TopologyName; label: string; what: string }[] = [
  { name: 'single', label: 'Single', what: 'One server.' },
  { name: 'replication', label: 'Replication', what: 'A primary and two replicas.' },
  { name: 'sentinel', label: 'Sentinel', what: 'A primary, two replicas, and three Sentinels that watch them.' },
  { name: 'cluster', label: 'Cluster', what: 'Three primaries that share the slots, each with a replica.' },
  { name: 'files', label: 'Files', what: 'One server that writes RDB and AOF, with data in both.' },
  { name: 'benchmark', label: 'Benchmark', what: 'One server that writes nothing to disk.' },
];

/** The machine of the lab when its address names none. */
export const FIRST_MACHINE: TopologyName = 'sentinel';

/** What an address asks for: `?machine=cluster`. `unknown` is a name that there is not; the first machine stands in. */
export function askedMachine(search: string): { name: TopologyName; unknown?: string } {
  const asked = new URLSearchParams(search).get('machine');
  if (asked === null) return { name: FIRST_MACHINE };
  const found = LAB_MACHINES.find(({ name }) => name === asked);
  return found ? { name: found.name } : { name: FIRST_MACHINE, unknown: asked };
}
