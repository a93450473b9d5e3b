import type { Machine } from '../machine.ts';
import { bringAbout } from './bring-about.ts';
import { Lab } from './lab.ts';
import type { Topology } from './topology.ts';

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
  const startNodes = async (nodes: Lab['nodes']): Promise<void> => {
    const started = nodes.map(async (node) => {
      await node.start();
      listening++;
      tell();
    });
    await Promise.all(started);
  };
  tell();
  await Promise.all(lab.nodes.map((node) => node.writeFiles()));
  await startNodes(lab.servers);
  await bringAbout(lab, { limitMs, startNodes, onMissing: tell });
  // Whoever started it may be on the other side of a worker's boundary, and its connections with it.
  for (const node of lab.nodes) await node.hangUp();
  await machine.settle();
  return lab;
}
