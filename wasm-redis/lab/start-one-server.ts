import type { Machine } from '../machine.ts';
import { Lab } from './lab.ts';
import type { StartOptions } from './start-topology.ts';
import type { Topology } from './topology.ts';

/** Whether there is nothing to bring about: one server, which promises only to listen. */
export function isOneServer({ nodes }: Topology): boolean {
  return nodes.length === 1 && nodes.every(({ kind, slots, data }) => kind === 'server' && !slots && data.length === 0);
}

/**
 * What `startTopology` does for one server, with a tenth of its code: most pages have no more. Rejects with a `TopologyError`
 * if the server does not start.
 */
export async function startOneServer(
  machine: Machine,
  topology: Topology,
  { onProgress }: Pick<StartOptions, 'onProgress'> = {},
): Promise<Lab> {
  const lab = new Lab(machine, topology);
  const { nodes } = lab;
  for (const node of nodes) {
    await node.writeFiles();
    await node.start();
  }
  onProgress?.({ listening: nodes.length, nodes: nodes.length });
  // Nobody has to wait until it is at rest: the machine comes to that before it does what it is asked next.
  machine.settle().catch(toldByTheNextCall);
  return lab;
}

/** The machine has ended. */
function toldByTheNextCall(): void {}
