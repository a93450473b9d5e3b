import { createDirectMachine, type DirectMachine } from '../direct/direct-machine.ts';
import { loadModule } from '../node/load-module.ts';
import { RedisClient } from '../resp/client.ts';
import { SERVER_OPTIONS } from './path.ts';
import { type Row } from './rows.ts';

/** Where the server of a `MachineServer` listens. */
export const PORT = 6379;

/** Our server in a machine of its own: what is equal of the paths that put load on it from within. */
export class MachineServer {
  readonly machine: DirectMachine;
  readonly #client: RedisClient;

  constructor(machine: DirectMachine, client: RedisClient) {
    this.machine = machine;
    this.#client = client;
  }

  /** A server that answers, of whichever path this is called on. */
  static async start<Server>(this: new (machine: DirectMachine, client: RedisClient) => Server): Promise<Server> {
    const machine = createDirectMachine({ loadModule });
    await machine.spawn({ argv: ['redis-server', '--port', String(PORT), ...SERVER_OPTIONS] });
    await machine.listening(PORT);
    return new this(machine, await RedisClient.connect(machine, { port: PORT }));
  }

  /** See `Path.prepare`. */
  async prepare(row: Row): Promise<void> {
    await this.#client.call('FLUSHALL', 'SYNC');
    if (row.prepare) await this.#client.call(...row.prepare);
  }

  /** See `Path.stop`. */
  async stop(): Promise<void> {
    await this.machine.dispose();
  }
}
