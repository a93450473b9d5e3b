import { TOPOLOGIES } from '../lab/presets.ts';
import type { LabNodeDescription, Topology } from '../lab/topology.ts';

/** Host of the first cluster node; those of the other presets begin at 1 and 11. */
const CLUSTER_HOST = 21;

/**
 * As many processes as a lab has at most: the presets `sentinel` (1+2 servers, 3 Sentinels) and `cluster` (six nodes) in
 * one machine. With a redis-cli that is thirteen.
 */
export const BARS_TOPOLOGY: Topology = {
  nodes: [...TOPOLOGIES.sentinel.nodes, ...TOPOLOGIES.cluster.nodes.map(besidesSentinel)],
};

function besidesSentinel(node: LabNodeDescription, index: number): LabNodeDescription {
  const name = (of: string): string => of.replace('redis', 'cluster');
  const { replicaOf } = node;
  return {
    ...node,
    name: name(node.name),
    host: `10.0.0.${CLUSTER_HOST + index}`,
    ...(replicaOf === undefined ? {} : { replicaOf: name(replicaOf) }),
  };
}
