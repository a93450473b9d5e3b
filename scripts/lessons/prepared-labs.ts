import { Lab } from '../../wasm-redis/lab/lab.ts';
import { PreparedMachines } from '../../wasm-redis/lab/prepared-machines.ts';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import type { Machine } from '../../wasm-redis/machine.ts';
import { topologyOf } from '../../src/transcript/described-topology.ts';
import type { MachineDescription } from '../../src/transcript/machine-description.ts';

/**
 * Labs as pages begin with them, all on one machine: each topology is started once and saved, and from then on the machine
 * is put back to that save. What is played on it prints the same as on a machine of its own.
 */
export class PreparedLabs {
  readonly #createMachine: () => Promise<Machine>;
  #there: { machine: Machine; prepared: PreparedMachines } | undefined;

  constructor(createMachine: () => Promise<Machine>) {
    this.#createMachine = createMachine;
  }

  /** A lab on which nothing has been done; the one that was handed out before is gone. Rejects if a node does not start. */
  async enter(description: MachineDescription): Promise<Lab> {
    this.#there ??= await this.#begin();
    const { machine, prepared } = this.#there;
    const topology = topologyOf(description);
    await prepared.enter(JSON.stringify(topology), async () => void (await startTopology(machine, topology)));
    const lab = new Lab(machine, topology);
    await lab.locate();
    return lab;
  }

  /** The machine has failed: the next lab begins on another. */
  async discard(): Promise<void> {
    await this.#there?.machine.dispose();
    this.#there = undefined;
  }

  async #begin(): Promise<{ machine: Machine; prepared: PreparedMachines }> {
    const machine = await this.#createMachine();
    return { machine, prepared: await PreparedMachines.on(machine) };
  }
}
