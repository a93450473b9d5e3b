import type { Lab } from '../../wasm-redis/lab/lab.ts';
import type { ExitStatus, MachineEvent, Pid } from '../../wasm-redis/machine.ts';

/** A node of the page's machine: whether its process runs and, if not, how it has ended. */
export interface PageNode {
  name: string;
  running: boolean;
  end?: ExitStatus;
}

let nodes: readonly PageNode[] = [];
const watchers = new Set<(nodes: readonly PageNode[]) => void>();
/** The last process of each node. A `LabNode` forgets its process when that ends, perhaps before the event is here. */
const lastPids = new Map<string, Pid>();
const ends = new Map<Pid, ExitStatus>();

/** Calls the listener at once, and then whenever a process of a node of the page's machine has started or ended. */
export function watchPageNodes(listener: (nodes: readonly PageNode[]) => void): () => void {
  watchers.add(listener);
  listener(nodes);
  return () => watchers.delete(listener);
}

/** Another lab has taken the place of the one that was there; all its nodes run. */
export function beginPageNodes(lab: Lab): void {
  lastPids.clear();
  ends.clear();
  look(lab);
}

/** A process of the lab's machine has started or ended, or the machine has been put back. Resolves when that is known. */
export async function followPageNodes(lab: Lab, event: MachineEvent): Promise<void> {
  if (event.type !== 'restored') {
    if (event.type !== 'started' && event.type !== 'exited') return;
    if (!/^redis-(?:server|sentinel)$/.test(event.argv[0] ?? '')) return;
    if (event.type === 'exited') ends.set(event.pid, event.status);
  }
  await lab.locate();
  look(lab);
}

function look(lab: Lab): void {
  nodes = lab.nodes.map(({ name, pid }): PageNode => {
    if (pid !== undefined) lastPids.set(name, pid);
    const last = lastPids.get(name);
    const end = last === undefined ? undefined : ends.get(last);
    return { name, running: pid !== undefined, ...(pid === undefined && end ? { end } : {}) };
  });
  for (const watcher of watchers) watcher(nodes);
}
