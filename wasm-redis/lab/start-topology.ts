import type { Machine } from '../machine.ts';
import { createCluster } from './create-cluster.ts';
import { Lab } from './lab.ts';
import type { Plain } from '../resp/plain.ts';
import { missingIn } from './ready.ts';
import { type Topology, TopologyError } from './topology.ts';

/** Far more than any topology takes; of the machine's time. */
const READY_LIMIT_MS = 60_000;

/** How far a start is. */
export interface StartProgress {
  /** Nodes that listen, and all there are. */
  listening: number;
  nodes: number;
  /** What has not come true yet of that which the topology promises, in words. */
  missing?: string;
}

export interface StartOptions {
  /** How long promises may take to come true, of the machine's time. */
  limitMs?: number;
  /** Is told whenever something has changed. */
  onProgress?: (progress: StartProgress) => void;
}

/**
 * Starts the nodes of a topology and resolves when what it promises holds: links are up, quorums are known, the cluster's
 * state is ok; and when the data are there. The machine's clock is moved on for it, from event to event, whatever its
 * rate is. Rejects with a `TopologyError` if a node does not start, or a promise does not come true in time.
 */
export async function startTopology(machine: Machine, topology: Topology, options: StartOptions = {}): Promise<Lab> {
  const { limitMs = READY_LIMIT_MS, onProgress = () => undefined } = options;
  const lab = new Lab(machine, topology);
  let listening = 0;
  const tell = (missing?: string): void =>
    onProgress({ listening, nodes: lab.nodes.length, ...(missing === undefined ? {} : { missing }) });
  const start = async (nodes: Lab['nodes']): Promise<void> => {
    const started = nodes.map(async (node) => {
      await node.start();
      listening++;
      tell();
    });
    await Promise.all(started);
  };
  const ready = (nodes: Lab['nodes']): Promise<void> =>
    lab.until(async () => {
      const missing = await missingIn(lab, nodes);
      if (missing !== undefined) tell(missing);
      return missing;
    }, limitMs);
  tell();
  await Promise.all(lab.nodes.map((node) => node.writeFiles()));
  await start(lab.servers);
  await createCluster(lab);
  await ready(lab.servers);
  // Not before: a Sentinel asks a primary for its replicas at once, and then after ten seconds.
  await start(lab.sentinels);
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
  await machine.settle();
  return lab;
}

function isError(reply: Plain): reply is { readonly error: string } {
  return typeof reply === 'object' && reply !== null && 'error' in reply;
}
