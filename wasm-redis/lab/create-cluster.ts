import type { Lab } from './lab.ts';
import type { LabNode } from './lab-node.ts';
import { isClusterNode, TopologyError } from './topology.ts';

const JOIN_LIMIT_MS = 20_000;

/**
 * Makes one cluster of the nodes that the topology says belong to one. Every node is told of every other, so that all
 * know all after one exchange; `redis-cli --cluster create` tells of the first only and leaves the rest to gossip. Why not
 * that: see README.md.
 */
export async function createCluster(lab: Lab): Promise<void> {
  const members = lab.servers.filter(({ description }) => isClusterNode(lab.topology, description));
  if (members.length === 0) return;
  for (const [index, node] of members.entries()) {
    await order(node, 'CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    const { slots } = node.description;
    if (slots) await order(node, 'CLUSTER', 'ADDSLOTSRANGE', String(slots[0]), String(slots[1]));
    for (const { description } of members.slice(index + 1)) {
      await order(node, 'CLUSTER', 'MEET', description.host, String(description.port));
    }
  }
  await lab.until(async () => {
    for (const node of members) {
      const known = await node.ask('CLUSTER', 'NODES');
      const lines = typeof known === 'string' ? known.trim().split('\n') : [];
      if (lines.length !== members.length || lines.some((line) => line.includes('handshake'))) {
        return `${node.name} does not know all others`;
      }
    }
    return undefined;
  }, JOIN_LIMIT_MS);
  for (const node of members) {
    const { replicaOf } = node.description;
    if (replicaOf === undefined) continue;
    const id = await lab.node(replicaOf).ask('CLUSTER', 'MYID');
    await order(node, 'CLUSTER', 'REPLICATE', typeof id === 'string' ? id : '');
  }
}

async function order(node: LabNode, ...command: string[]): Promise<void> {
  const reply = await node.ask(...command);
  if (reply !== 'OK') {
    throw new TopologyError(`${node.name}: expected OK to \`${command.join(' ')}\`, found ${JSON.stringify(reply)}`);
  }
}
