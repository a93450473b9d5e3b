import type { HostAddress } from '../machine.ts';

/** One process of a lab machine, on a host of its own. */
export interface LabNodeDescription {
  /** Letters, digits, `-`: also the name of its folder below /data. */
  name: string;
  kind: 'server' | 'sentinel';
  host: HostAddress;
  port: number;
  /** Name of the node that it replicates. */
  replicaOf?: string;
  /** Makes it a node of the cluster: the slots it begins with, ends included. A replica of such a node is one too. */
  slots?: readonly [first: number, last: number];
  /** For a sentinel: the name of the node that it watches as `mymaster`. */
  monitors?: string;
  /** How many sentinels must agree that it is down. */
  quorum?: number;
  /**
   * Its command line, instead of a configuration file: it is then as a plain `redis-server --port 6379`, its folder is /data
   * and it has no log.
   */
  args?: readonly string[];
  /** Further lines of its configuration: directive and value. */
  options: Readonly<Record<string, string>>;
  /** Further files in its folder, by name; there before it starts. */
  files: Readonly<Record<string, string>>;
  /** Commands that it is given when all is ready. */
  data: readonly (readonly string[])[];
}

/** The processes of a machine and what they shall be to each other. */
export interface Topology {
  nodes: readonly LabNodeDescription[];
}

/** Slots of a cluster: 0 to 16383. */
export const SLOTS = 16384;

/** The node is part of a cluster: it has slots, or replicates one that has. */
export function isClusterNode(topology: Topology, node: LabNodeDescription): boolean {
  if (node.slots) return true;
  return topology.nodes.find(({ name }) => name === node.replicaOf)?.slots !== undefined;
}

/** A topology that is none, or one that does not come up. The message says what was expected, what was found, what to do. */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}
