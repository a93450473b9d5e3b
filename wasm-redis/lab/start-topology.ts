import type { Machine } from '../machine.ts';
import { createCluster } from './create-cluster.ts';
import { Lab } from './lab.ts';
import type { Plain } from '../resp/plain.ts';
import { missingIn } from './ready.ts';
import { type Topology, TopologyError } from './topology.ts';

/** Far more than any topology takes; of the machine's time. */
const READY_LIMIT_MS = 60_000;

/**
 * Starts the nodes of a topology and resolves when what it promises holds: links are up, quorums are known, the cluster's
 * state is ok; and when the data are there. The machine's clock is moved on for it, from event to event, whatever its
 * rate is. Rejects with a `TopologyError` if a node does not start, or a promise does not come true in time.
 */
export async function startTopology(machine: Machine, topology: Topology, limitMs = READY_LIMIT_MS): Promise<Lab> {
  const lab = new Lab(machine, topology);
  for (const node of lab.nodes) await node.writeFiles();
  await Promise.all(lab.servers.map((node) => node.start()));
  await createCluster(lab);
  await lab.until(() => missingIn(lab, lab.servers), limitMs);
  // Not before: a Sentinel asks a primary for its replicas at once, and then after ten seconds.
  await Promise.all(lab.sentinels.map((node) => node.start()));
  await lab.until(() => missingIn(lab, lab.sentinels), limitMs);
  for (const node of lab.nodes) {
    for (const command of node.description.data) {
      const reply = await node.ask(...command);
      if (reply === undefined || isError(reply)) {
        throw new TopologyError(
          `${node.name}: \`${command.join(' ')}\` in \`data\` was answered by ${reply ? reply.error : 'nothing'}`,
        );
      }
    }
  }
  await machine.settle();
  return lab;
}

function isError(reply: Plain): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}
