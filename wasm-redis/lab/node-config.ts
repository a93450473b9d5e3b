import { folderOf, LOG_FILE } from './node-place.ts';
import { isClusterNode, type LabNodeDescription, type Topology } from './topology.ts';

/** What Sentinels call the primary that they watch. */
export const PRIMARY_NAME = 'mymaster';

/** The text of a node's configuration file. Its own `options` come last, so they win. */
export function configOf(topology: Topology, node: LabNodeDescription): string {
  const common = [
    `port ${node.port}`,
    `dir ${folderOf(node.name)}`,
    `logfile ${folderOf(node.name)}/${LOG_FILE}`,
    'protected-mode no',
  ];
  const special = node.kind === 'server' ? serverLines(topology, node) : sentinelLines(topology, node);
  const own = Object.entries(node.options).map(([directive, value]) => `${directive} ${value}`);
  return [...common, ...special, ...own, ''].join('\n');
}

function serverLines(topology: Topology, node: LabNodeDescription): string[] {
  const primary = topology.nodes.find(({ name }) => name === node.replicaOf);
  // A 32-bit build would announce a limit of 3 GB; snapshots by time would fork whenever a lesson moves the clock.
  const lines = ['maxmemory 64mb', 'save ""', 'enable-debug-command yes'];
  // The delay lets several replicas share one transfer; here they would only wait.
  lines.push('repl-diskless-sync-delay 0');
  if (isClusterNode(topology, node)) {
    lines.push('cluster-enabled yes', 'cluster-config-file nodes.conf', 'cluster-node-timeout 5000');
  } else if (primary) lines.push(`replicaof ${primary.host} ${primary.port}`);
  return lines;
}

function sentinelLines(topology: Topology, { monitors, quorum }: LabNodeDescription): string[] {
  const watched = topology.nodes.find(({ name }) => name === monitors);
  if (!watched) return [];
  return [
    `sentinel monitor ${PRIMARY_NAME} ${watched.host} ${watched.port} ${quorum ?? 1}`,
    `sentinel down-after-milliseconds ${PRIMARY_NAME} 5000`,
    `sentinel failover-timeout ${PRIMARY_NAME} 60000`,
  ];
}
