import type { Machine } from '../machine.ts';
import type { LabFault } from './fault-schedule.ts';
import { LabNode } from './lab-node.ts';
import { type Topology, TopologyError } from './topology.ts';

const STEP_MS = 100;

/** A machine whose processes are the nodes of a topology. */
export class Lab {
  readonly machine: Machine;
  readonly topology: Topology;
  readonly nodes: readonly LabNode[];
  /** Is told of every fault that `apply` is about to order, and awaited: who keeps a history saves then. */
  beforeFault: ((fault: LabFault, delayMs: number) => Promise<unknown>) | undefined;

  constructor(machine: Machine, topology: Topology) {
    this.machine = machine;
    this.topology = topology;
    this.nodes = topology.nodes.map((description) => new LabNode(machine, topology, description));
  }

  /** Throws a `TopologyError` if there is no node of that name. */
  node(name: string): LabNode {
    const found = this.nodes.find((node) => node.name === name);
    if (found) return found;
    throw new TopologyError(
      `expected the name of a node (${this.nodes.map((node) => node.name).join(', ')}), found ${name}`,
    );
  }

  get servers(): readonly LabNode[] {
    return this.nodes.filter(({ description }) => description.kind === 'server');
  }

  get sentinels(): readonly LabNode[] {
    return this.nodes.filter(({ description }) => description.kind === 'sentinel');
  }

  /**
   * Finds the processes of its nodes: for a lab that is there already, because the machine was put back to a time at which
   * it had been started. To be called after each `Machine.restore`.
   */
  async locate(): Promise<void> {
    const processes = await this.machine.processes();
    for (const node of this.nodes) node.locate(processes.find((process) => node.isProcess(process))?.pid);
  }

  /**
   * Moves the clock on until a question has the wanted answer. Rejects with a `TopologyError` after `limitMs`.
   *
   * @param missing what has not come true yet, in words; undefined when all has
   */
  async until(missing: () => Promise<string | undefined>, limitMs: number): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += STEP_MS) {
      const found = await missing();
      if (found === undefined) return;
      if (waitedMs >= limitMs) throw new TopologyError(`after ${limitMs} ms of the machine's time: ${found}`);
      await this.machine.advance(STEP_MS);
    }
  }
}
