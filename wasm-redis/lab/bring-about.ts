import type { Plain } from '../resp/plain.ts';
import { createCluster } from './create-cluster.ts';
import type { Lab } from './lab.ts';
import type { LabNode } from './lab-node.ts';
import { missingIn } from './ready.ts';
import { TopologyError } from './topology.ts';

/** What `bringAbout` needs of the start that it is part of. */
export interface Start {
  /** Of the machine's time, for each promise. */
  limitMs: number;
  /** Resolves when all of them listen. */
  startNodes: (nodes: readonly LabNode[]) => Promise<void>;
  /** Is told what has not come true yet, each time one has looked. */
  onMissing: (missing: string) => void;
}

/**
 * Makes what a topology promises come true, once its servers listen: a cluster, links, Sentinels with a quorum, data. Rejects
 * with a `TopologyError` if something does not come true in time.
 */
export async function bringAbout(lab: Lab, { limitMs, startNodes, onMissing }: Start): Promise<void> {
  const ready = (nodes: readonly LabNode[]): Promise<void> =>
    lab.until(async () => {
      const missing = await missingIn(lab, nodes);
      if (missing !== undefined) onMissing(missing);
      return missing;
    }, limitMs);
  await createCluster(lab);
  await ready(lab.servers);
  // Not before: a Sentinel asks a primary for its replicas at once, and then after ten seconds.
  await startNodes(lab.sentinels);
  await ready(lab.sentinels);
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
}

function isError(reply: Plain): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}
