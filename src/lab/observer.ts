import type { Lab } from '../../wasm-redis/lab/lab.ts';
import { LOG_FILE } from '../../wasm-redis/lab/node-place.ts';
import type { ProcessInfo } from '../../wasm-redis/machine.ts';
import type { LabView, NodeView } from './lab-view.ts';
import { LogReader } from './log-reader.ts';
import { addressOf, reachableHost } from './node-address.ts';
import type { NodeEvent } from './node-event.ts';
import { NodeObserver, type ObservedNode } from './node-observer.ts';
import { eventsBetween } from './seen-events.ts';

/** More than a lesson's day brings forth; what is older is dropped. */
const MOST_EVENTS = 4000;

/**
 * Looks at a lab by asking its nodes and reading their logs, over connections of its own, and never moves the machine's
 * clock. A process that was started beside the lab's nodes, by a shell, is looked at too. Whoever makes one closes it;
 * after a restore of the machine another is to be made.
 */
export class LabObserver {
  readonly #lab: Lab;
  readonly #limitMs: number | undefined;
  readonly #nodes = new Map<string, NodeObserver>();
  readonly #readers = new Map<string, { file: string; sizeBytes: number; modifiedMs: number; reader: LogReader }>();
  #events: readonly NodeEvent[] = [];
  #last: LabView | undefined;

  /** @param limitMs how long a node may take to answer, of real time; default as for `NodeConnection` */
  constructor(lab: Lab, limitMs?: number) {
    this.#lab = lab;
    this.#limitMs = limitMs;
  }

  /**
   * Asks all nodes at once. Resolves when each has answered or the limit has passed. Rejects only for a machine that is
   * gone.
   */
  async look(): Promise<LabView> {
    const { machine } = this.#lab;
    this.#find(await machine.processes());
    const nodes = await Promise.all(
      [...this.#nodes.values()].map((node) => node.look(async () => (await machine.clock()).nowMs)),
    );
    const { logs, found } = await this.#readLogs(nodes);
    const faults = await machine.faults();
    // Last: nothing that is in the view is from a later time than the view's.
    const { nowMs, uptimeMs } = await machine.clock();
    const view: LabView = { nowMs, uptimeMs, nodes, faults, events: this.#events, logs };
    if (this.#last) found.push(...eventsBetween(this.#last, view));
    // Sorting is stable: what one node has logged at one instant stays in its order.
    if (found.length > 0) {
      this.#events = [...this.#events, ...found].sort((one, other) => one.atMs - other.atMs).slice(-MOST_EVENTS);
    }
    this.#last = { ...view, events: this.#events };
    return this.#last;
  }

  close(): void {
    for (const node of this.#nodes.values()) node.close();
    this.#nodes.clear();
  }

  #find(processes: readonly ProcessInfo[]): void {
    for (const { description, folder } of this.#lab.nodes) {
      const { name, kind, host, port, options, args } = description;
      this.#add({
        name,
        kind,
        host,
        port,
        folder,
        ...(args ? {} : { logFile: `${folder}/${LOG_FILE}` }),
        ...(options['requirepass'] === undefined ? {} : { password: options['requirepass'] }),
      });
    }
    for (const { argv, host, listening } of processes) {
      const kind = kindOf(argv);
      // The cluster bus listens too, on the higher port.
      const port = Math.min(...listening);
      if (kind && listening.length > 0)
        this.#add({ name: addressOf({ host, port }), kind, host: reachableHost(host), port });
    }
  }

  #add(node: ObservedNode): void {
    const address = addressOf(node);
    if (this.#nodes.has(address)) return;
    this.#nodes.set(address, new NodeObserver(this.#lab.machine, node, this.#limitMs));
  }

  async #readLogs(nodes: readonly NodeView[]): Promise<{ logs: LabView['logs']; found: NodeEvent[] }> {
    const { machine } = this.#lab;
    const files = new Map((await machine.listFiles('/')).map((file) => [file.path, file]));
    const found: NodeEvent[] = [];
    const logs = new Map<string, readonly string[]>();
    for (const node of nodes) {
      const path = this.#nodes.get(addressOf(node))?.logFile;
      const file = path === undefined ? undefined : files.get(path);
      if (path === undefined || !file) continue;
      let known = this.#readers.get(node.name);
      if (known?.file !== path) known = { file: path, sizeBytes: -1, modifiedMs: 0, reader: new LogReader(node.name) };
      if (known.sizeBytes !== file.sizeBytes || known.modifiedMs !== file.modifiedMs) {
        found.push(...known.reader.read(await machine.readFile(path)));
        this.#readers.set(node.name, { ...known, sizeBytes: file.sizeBytes, modifiedMs: file.modifiedMs });
      }
      logs.set(node.name, known.reader.lines);
    }
    return { logs, found };
  }
}

function kindOf(argv: readonly string[]): NodeView['kind'] | undefined {
  if (argv[0] === 'redis-sentinel' || argv.includes('--sentinel')) return 'sentinel';
  return argv[0] === 'redis-server' ? 'server' : undefined;
}
