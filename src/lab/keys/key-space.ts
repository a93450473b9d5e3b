import type { Address, Machine } from '../../../wasm-redis/machine.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import { reachableHost } from '../node-address.ts';
import type { Command } from './command-text.ts';
import { type ConnectionOptions, KeyConnection, NoAnswerError } from './key-connection.ts';
import { readSlots, redirection, slotOf, type SlotRange } from './slot-owners.ts';

/** Whose keys are looked at: one server's as it has them, or those of all primaries of a cluster. */
export interface Target {
  kind: 'server' | 'cluster';
  /** Of a cluster those that may be asked who has which slot. */
  servers: readonly Required<Address>[];
}

/** Replies, and the server that gave them in the end. */
export interface Answer {
  replies: RespValue[];
  from: KeyConnection;
}

/** A slot may be moved while it is asked for, and again; what goes round in a circle is given up. */
const MOST_REDIRECTIONS = 5;

/** The keys of a server or of a cluster, over connections of the panel's own. Has to be closed. */
export class KeySpace {
  readonly target: Target;
  /** Called when a key that was read has been changed by somebody else. */
  onInvalidated: (ids: readonly string[] | 'all') => void = () => {};
  readonly #machine: Machine;
  readonly #options: ConnectionOptions;
  readonly #connections = new Map<string, KeyConnection>();
  #slots: readonly SlotRange[] = [];

  constructor(machine: Machine, target: Target, options: ConnectionOptions) {
    this.#machine = machine;
    this.target = target;
    this.#options = options;
  }

  /**
   * The servers that have the keys, each once: the one, or every primary that has slots, as the cluster itself says now.
   * Rejects with a `NoAnswerError` if no node of the cluster answers.
   */
  async sources(): Promise<KeyConnection[]> {
    if (this.target.kind === 'server') return this.target.servers.slice(0, 1).map((server) => this.connection(server));
    await this.#askForSlots();
    const owners = new Map(this.#slots.map(({ owner }) => [`${owner.host}:${owner.port}`, owner]));
    return [...owners.values()].map((owner) => this.connection(owner));
  }

  /**
   * Sends commands about one key to the server that has it, and where that sends them on. Errors are among the replies.
   *
   * @param id of the key, one character for each byte
   */
  async ask(id: string, commands: readonly Command[]): Promise<Answer> {
    let from = await this.home(id);
    let replies = await from.ask(commands);
    for (let redirections = 0; redirections < MOST_REDIRECTIONS; redirections++) {
      const sentOn = replies.map(redirection).find((found) => found !== undefined);
      if (!sentOn) break;
      from = this.follow(id, sentOn);
      replies = sentOn.kind === 'MOVED' ? await from.ask(commands) : await asking(from, commands);
    }
    return { replies, from };
  }

  /** The server that a key is asked for first. */
  async home(id: string): Promise<KeyConnection> {
    const first = this.target.servers[0];
    if (this.target.kind === 'cluster') {
      if (this.#slots.length === 0) await this.#askForSlots();
      const slot = slotOf(id);
      const range = this.#slots.find(({ first: from, last }) => slot >= from && slot <= last);
      if (range) return this.connection(range.owner);
    }
    if (!first) throw new NoAnswerError('No server is running.');
    return this.connection(first);
  }

  /** The server that a redirection names; after MOVED the key is asked for there from now on. */
  follow(id: string, { kind, to }: { kind: 'MOVED' | 'ASK'; to: Required<Address> }): KeyConnection {
    const slot = slotOf(id);
    if (kind === 'MOVED') this.#slots = [{ first: slot, last: slot, owner: to }, ...this.#slots];
    return this.connection(to);
  }

  connection({ host, port }: Required<Address>): KeyConnection {
    const address = { host: reachableHost(host), port };
    const name = `${address.host}:${address.port}`;
    let connection = this.#connections.get(name);
    if (!connection) {
      connection = new KeyConnection(this.#machine, address, this.#options);
      connection.onInvalidated = (ids) => this.onInvalidated(ids);
      this.#connections.set(name, connection);
    }
    return connection;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.values()].map((connection) => connection.close()));
  }

  async #askForSlots(): Promise<void> {
    let failure: unknown = new NoAnswerError('No server is running.');
    for (const server of this.target.servers) {
      try {
        const [reply] = await this.connection(server).ask([['CLUSTER', 'SLOTS']]);
        this.#slots = readSlots(reply);
        return;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

/** ASKING is for the next command only, so each gets one; their replies are left out. */
async function asking(connection: KeyConnection, commands: readonly Command[]): Promise<RespValue[]> {
  const replies = await connection.ask(commands.flatMap((command): Command[] => [['ASKING'], command]));
  return replies.filter((_, at) => at % 2 === 1);
}
