import { createDice } from '../differential/dice.ts';
import { seedData } from '../differential/seed-data.ts';
import { type Machine } from '../machine.ts';
import { GuestServer } from './guest-server.ts';

const PORT = 7777;
const FOLDER = '/bystander';
const SEED = 1;

/** A server with data in the machine of the one that is attacked, to which nothing may happen. */
export class Bystander {
  readonly server: GuestServer;
  readonly #digest: string;

  private constructor(server: GuestServer, digest: string) {
    this.server = server;
    this.#digest = digest;
  }

  static async start(machine: Machine): Promise<Bystander> {
    const server = await GuestServer.start(machine, { port: PORT, folder: FOLDER });
    for (const command of seedData(createDice(SEED))) await server.ask(...command);
    const digest = await server.ask('DEBUG', 'DIGEST');
    if (digest === undefined) throw new Error(`The bystander does not serve:\n${server.log}`);
    return new Bystander(server, digest);
  }

  /** What has happened to it, if anything has. */
  async harm(): Promise<string | undefined> {
    const digest = await this.server.ask('DEBUG', 'DIGEST');
    if (digest === this.#digest) return undefined;
    const { status, log } = this.server;
    if (status === undefined) return `The data of a server beside has changed: ${this.#digest}, now ${digest}.`;
    return `A server beside has ended with ${JSON.stringify(status)}:\n${log.slice(-1000)}`;
  }
}

/** Returns a function that throws if a byte of a process's memory is another than now. */
export function watchMemory(memory: { readonly bytes: Uint8Array }): () => void {
  const before = memory.bytes.slice();
  return () => {
    const at = memory.bytes.findIndex((byte, index) => byte !== before[index]);
    if (at >= 0 || memory.bytes.length !== before.length)
      throw new Error(`The memory of a process beside has changed at ${at}.`);
  };
}
