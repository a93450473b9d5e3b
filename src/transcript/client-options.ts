import { OWN_HOST } from '../../wasm-redis/lab/one-server.ts';
import type { LabNodeDescription, Topology } from '../../wasm-redis/lab/topology.ts';
import type { MachineDescription } from './machine-description.ts';

const DEFAULT_PORT = 6379;

/**
 * The options of a transcript's redis-cli: where it connects, and what `clients:` in the frontmatter adds. A client with the
 * name of a node talks to that node, every other to the first one.
 */
export function clientOptions(
  topology: Topology,
  clients: MachineDescription['clients'],
  name: string,
): readonly string[] {
  const own = Object.hasOwn(clients, name) ? (clients[name] ?? []) : [];
  const node = topology.nodes.find((each) => each.name === name) ?? topology.nodes[0];
  return [...(node ? addressOptions(node) : []), ...own];
}

/** What redis-cli needs to reach a node from the machine's own host. */
export function addressOptions({ host, port }: Pick<LabNodeDescription, 'host' | 'port'>): readonly string[] {
  return [...(host === OWN_HOST ? [] : ['-h', host]), ...(port === DEFAULT_PORT ? [] : ['-p', `${port}`])];
}
