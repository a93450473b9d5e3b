import { type Address, type Machine, MachineError } from '../../../wasm-redis/machine.ts';
import { RedisClient } from '../../../wasm-redis/lab/node-client.ts';
import type { RespValue } from '../../../wasm-redis/resp/value.ts';
import { idOf } from './bytes.ts';
import type { Command } from './command-text.ts';

/** A server gave no answer: it does not run, is stopped, or cannot be reached. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Whom a connection signs in as. */
export interface Credentials {
  /** Empty: the user `default`. */
  user: string;
  password: string;
}

export interface ConnectionOptions {
  database: number;
  credentials?: Credentials;
  /** Resolves when an answer has been waited for long enough. Never by the machine's clock, which may stand. */
  patience: () => Promise<void>;
}

/** Two seconds: a server that is busy with a script says so after five by its own clock, and is not waited for. */
export const TWO_SECONDS = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2000));

/**
 * The panel's connection to one server, made when first needed and again after it has ended. In RESP3, because the server
 * tells in it when a key that was read has changed (`CLIENT TRACKING`).
 */
export class KeyConnection {
  readonly address: Required<Address>;
  /** Of each new connection: what was watched or read on the last one is forgotten. */
  onInvalidated: (ids: readonly string[] | 'all') => void = () => {};
  readonly #machine: Machine;
  readonly #options: ConnectionOptions;
  #client: Promise<RedisClient> | undefined;
  #generation = 0;

  constructor(machine: Machine, address: Required<Address>, options: ConnectionOptions) {
    this.#machine = machine;
    this.address = address;
    this.#options = options;
  }

  /** Changes when the connection has ended: what was watched on it is not watched any more. */
  get generation(): number {
    return this.#generation;
  }

  /** Sends commands in one piece. Errors are among the replies. Rejects with a `NoAnswerError`; the next call connects anew. */
  async ask(commands: readonly Command[]): Promise<RespValue[]> {
    this.#client ??= this.#connect();
    const mine = this.#client;
    try {
      return await this.#inTime(mine.then((client) => client.pipeline(commands)));
    } catch (error) {
      if (this.#client === mine) this.#client = undefined;
      mine.then((client) => client.close()).catch(() => undefined);
      if (!(error instanceof MachineError) && !(error instanceof NoAnswerError)) throw error;
      const { host, port } = this.address;
      throw new NoAnswerError(`${host}:${port} does not answer: it is not running, is stopped, or cannot be reached.`, {
        cause: error,
      });
    }
  }

  /** Ends the connection; a later `ask` makes another. */
  async close(): Promise<void> {
    const open = this.#client;
    this.#client = undefined;
    // One that never came about needs no end.
    await open?.then((client) => client.close()).catch(() => undefined);
  }

  async #connect(): Promise<RedisClient> {
    const client = await RedisClient.connect(this.#machine, this.address);
    const mine = this.#client;
    void client.ended.then(() => {
      this.#generation++;
      if (this.#client === mine) this.#client = undefined;
    });
    client.onPush = (value) => this.#noteInvalidation(value);
    const { database, credentials } = this.#options;
    // Not awaited, and errors are not looked at: an old server, or a user who may do little, still answers what it can.
    const greeting: Command[] = [
      ...(credentials ? [signIn(credentials)] : []),
      ['HELLO', '3'],
      ['CLIENT', 'SETNAME', 'panel-keys'],
      ['CLIENT', 'TRACKING', 'ON', 'NOLOOP'],
      // A replica of a cluster then answers for its primary's slots. Elsewhere it is an error without effect.
      ['READONLY'],
      ...(database > 0 ? [['SELECT', database] as Command] : []),
    ];
    client.pipeline(greeting).catch(() => undefined);
    return client;
  }

  #noteInvalidation(value: RespValue): void {
    if (value.kind !== 'push') return;
    const [kind, keys] = value.items;
    if (kind?.kind !== 'bulk' || idOf(kind.bytes) !== 'invalidate') return;
    if (keys?.kind !== 'array') this.onInvalidated('all');
    else this.onInvalidated(keys.items.flatMap((key) => (key.kind === 'bulk' ? [idOf(key.bytes)] : [])));
  }

  #inTime<T>(answer: Promise<T>): Promise<T> {
    const late = this.#options.patience().then((): never => {
      throw new NoAnswerError('no answer in time');
    });
    return Promise.race([answer, late]);
  }
}

function signIn({ user, password }: Credentials): Command {
  return user === '' ? ['AUTH', password] : ['AUTH', user, password];
}
