import { node, single } from './one-server.ts';
import { type LabNodeDescription, SLOTS, type Topology } from './topology.ts';

export { node, OWN_HOST, single } from './one-server.ts';

function replication(): LabNodeDescription[] {
  return [1, 2, 3].map((number) =>
    node('server', number, `redis-${number}`, number === 1 ? {} : { replicaOf: 'redis-1' }),
  );
}

function sentinels(): LabNodeDescription[] {
  return [1, 2, 3].map((number) =>
    node('sentinel', 10 + number, `sentinel-${number}`, { monitors: 'redis-1', quorum: 2 }),
  );
}

/** Primaries first, as `redis-cli --cluster create` deals them: 1 to 3 have the slots, 4 replicates 1, and so on. */
export function cluster(primaries: number): LabNodeDescription[] {
  const firstSlot = (index: number): number => Math.round((index * SLOTS) / primaries);
  return Array.from({ length: 2 * primaries }, (_, index) =>
    node(
      'server',
      index + 1,
      `redis-${index + 1}`,
      index < primaries
        ? { slots: [firstSlot(index), firstSlot(index + 1) - 1] }
        : { replicaOf: `redis-${index + 1 - primaries}` },
    ),
  );
}

/** The topologies that a lesson names by one word. */
export const TOPOLOGIES = {
  single: single(),
  replication: { nodes: replication() },
  sentinel: { nodes: [...replication(), ...sentinels()] },
  cluster: { nodes: cluster(3) },
  /** Nothing is written to disk and nothing else runs. */
  benchmark: { nodes: [node('server', 1, 'redis-1', { options: { save: '""', appendonly: 'no' } })] },
  /** Both kinds of files, with something in them. */
  files: {
    nodes: [
      node('server', 1, 'redis-1', {
        options: { appendonly: 'yes', save: '3600 1 300 100 60 10000' },
        data: [
          ['SET', 'bike:1', 'Deimos'],
          ['HSET', 'bike:1:stats', 'price', '4972', 'gears', '21'],
          ['RPUSH', 'queue', 'a', 'b', 'c'],
          ['SAVE'],
        ],
      }),
    ],
  },
} as const satisfies Readonly<Record<string, Topology>>;

export type TopologyName = keyof typeof TOPOLOGIES;
