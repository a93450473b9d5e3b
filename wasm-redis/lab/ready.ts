import type { Lab } from './lab.ts';
import type { LabNode } from './lab-node.ts';
import { PRIMARY_NAME } from './node-config.ts';
import { isClusterNode, SLOTS } from './topology.ts';

/**
 * What a topology promises and does not hold yet, in words; undefined when all holds. The nodes themselves are asked: each
 * replica whether its link is up, each Sentinel for its quorum and whom it knows, each cluster node for state and slots.
 */
export async function missingIn(lab: Lab, nodes = lab.nodes): Promise<string | undefined> {
  for (const node of nodes) {
    const missing = await missingAt(lab, node);
    if (missing !== undefined) return `${node.name}: ${missing}`;
  }
  return undefined;
}

async function missingAt(lab: Lab, node: LabNode): Promise<string | undefined> {
  const { description } = node;
  if (description.kind === 'sentinel') return missingAtSentinel(lab, node);
  return (
    (isClusterNode(lab.topology, description) ? await missingInCluster(lab, node) : undefined) ??
    (await missingLinks(lab, node))
  );
}

/** Replication: a replica's link is up, and its primary knows as many as there are. */
async function missingLinks(lab: Lab, node: LabNode): Promise<string | undefined> {
  const { name, replicaOf } = node.description;
  const replicas = lab.topology.nodes.filter((other) => other.replicaOf === name).length;
  // A server alone promises nothing but to listen, and a question would be its first client.
  if (replicaOf === undefined && replicas === 0) return undefined;
  const info = await node.askFields('INFO', 'replication');
  if (info.size === 0) return 'no answer';
  if (replicaOf !== undefined && info.get('master_link_status') !== 'up') return `its link to ${replicaOf} is not up`;
  const connected = [...info].filter(([field, value]) => /^slave\d/.test(field) && value.includes('state=online'));
  return connected.length === replicas ? undefined : `${connected.length} of ${replicas} replicas are connected`;
}

async function missingAtSentinel(lab: Lab, node: LabNode): Promise<string | undefined> {
  const { monitors } = node.description;
  const replicas = lab.topology.nodes.filter((other) => other.replicaOf === monitors).length;
  const sentinels = lab.topology.nodes.filter((other) => other.monitors === monitors).length;
  const quorum = await node.ask('SENTINEL', 'CKQUORUM', PRIMARY_NAME);
  if (typeof quorum !== 'string' || !quorum.startsWith('OK')) return 'it does not see a quorum';
  const list = await node.ask('SENTINEL', 'MASTER', PRIMARY_NAME);
  const fields = new Map<unknown, unknown>();
  if (Array.isArray(list)) for (let at = 0; at < list.length; at += 2) fields.set(list[at], list[at + 1]);
  if (fields.get('num-slaves') !== String(replicas)) return `it does not know ${replicas} replicas`;
  if (fields.get('num-other-sentinels') !== String(sentinels - 1)) return `it does not know ${sentinels - 1} others`;
  return undefined;
}

async function missingInCluster(lab: Lab, node: LabNode): Promise<string | undefined> {
  const members = lab.topology.nodes.filter((other) => isClusterNode(lab.topology, other)).length;
  const info = await node.askFields('CLUSTER', 'INFO');
  if (info.get('cluster_state') !== 'ok') return `cluster_state:${info.get('cluster_state') ?? ' no answer'}`;
  if (info.get('cluster_slots_ok') !== String(SLOTS)) return `cluster_slots_ok:${info.get('cluster_slots_ok')}`;
  if (info.get('cluster_known_nodes') !== String(members)) return `it does not know ${members} nodes`;
  const nodes = await node.ask('CLUSTER', 'NODES');
  if (typeof nodes !== 'string' || /fail|handshake|noaddr/.test(nodes)) return 'not every node is healthy';
  const replicas = nodes.match(/\bslave\b/g)?.length ?? 0;
  const wanted = lab.topology.nodes.filter((other) => isClusterNode(lab.topology, other) && other.replicaOf).length;
  return replicas === wanted ? undefined : `it knows ${replicas} of ${wanted} replicas`;
}
