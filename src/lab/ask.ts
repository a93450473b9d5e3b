import { type Address, type Machine, MachineError } from '../../wasm-redis/machine.ts';
import { plain, RedisClient, RespError } from '../../wasm-redis/lab/node-client.ts';
import type { Argument } from '../../wasm-redis/resp/encode.ts';
import type { Plain } from '../../wasm-redis/resp/plain.ts';
import type { RespValue } from '../../wasm-redis/resp/value.ts';

/** How long one waits for an answer unless it is said otherwise; of real time. */
const ANSWER_LIMIT_MS = 1000;
/** How often the machine must have answered as well by then: a slow computer is no silent node. */
const ROUND_TRIPS = 3;
/** A machine that does not answer is waited for no longer than so many limits. */
const MOST_LIMITS = 10;

export type Command = readonly Argument[];

/** How a node has dealt with the last question: nobody listens there, or nothing came in time. */
export type Reachability = 'unasked' | 'answers' | 'refuses' | 'silent';

export interface AskOptions {
  /** What the node calls this connection in CLIENT LIST: `panel-topology` and so on. */
  name: string;
  /** Of the user `default`, where the node asks for one. */
  password?: string;
  /** Of real time, at least: while the whole machine is slow to answer, up to ten times as long. Default one second. */
  limitMs?: number;
}

/**
 * A connection of a panel's own to a node, made by the first question and again after the node has closed it. Its limit
 * is real time, so the machine's clock never moves for it. A node that is stopped, killed, cut off or busy gives no answer;
 * an error that it replies is an answer. While an answer is overdue nothing more is sent, so nothing piles up at a
 * process that is stopped, and each question meanwhile is unanswered at once. Whoever makes one closes it.
 */
export class NodeConnection {
  readonly #machine: Machine;
  readonly #address: Address;
  readonly #options: AskOptions;
  #client: Promise<RedisClient> | undefined;
  #overdue = 0;
  #closed = false;
  #reachability: Reachability = 'unasked';

  constructor(machine: Machine, address: Address, options: AskOptions) {
    this.#machine = machine;
    this.#address = address;
    this.#options = options;
  }

  get reachability(): Reachability {
    return this.#reachability;
  }

  /** One command. Resolves with `undefined` when there is no answer; never rejects for what a node does. */
  async ask(...command: Command): Promise<Plain | undefined> {
    return (await this.askAll([command]))?.[0];
  }

  /** Several in one piece, answered together or not at all. */
  async askAll(commands: readonly Command[]): Promise<readonly Plain[] | undefined> {
    return (await this.replies(commands))?.map(plain);
  }

  /** The same with replies as they came, byte for byte. */
  async replies(commands: readonly Command[]): Promise<readonly RespValue[] | undefined> {
    if (this.#closed || this.#overdue > 0) return undefined;
    const exchange = this.#exchange(commands);
    const late = new AbortController();
    const answer = await Promise.race([exchange, this.#patience(late.signal)]);
    late.abort();
    if (answer !== 'late') return answer;
    this.#overdue++;
    this.#reachability = 'silent';
    void exchange.then(() => this.#overdue--);
    return undefined;
  }

  /** Ends the connection, also one that is still being made. Every later question is unanswered. */
  close(): void {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    client?.then((made) => made.close()).catch(tolerateEnd);
  }

  /** Resolves when a node that has not answered by now is late. */
  async #patience(ended: AbortSignal): Promise<'late'> {
    const limitMs = this.#options.limitMs ?? ANSWER_LIMIT_MS;
    await pause(limitMs, ended);
    const trips = async (): Promise<void> => {
      for (let trip = 0; trip < ROUND_TRIPS && !ended.aborted; trip++) await this.#machine.clock();
    };
    await Promise.race([trips().catch(tolerateEnd), pause((MOST_LIMITS - 1) * limitMs, ended)]);
    return 'late';
  }

  async #exchange(commands: readonly Command[]): Promise<readonly RespValue[] | undefined> {
    try {
      this.#client ??= this.#connect();
      const client = await this.#client;
      if (this.#closed) return undefined;
      const replies = await client.pipeline(commands);
      this.#reachability = 'answers';
      return replies;
    } catch (error) {
      tolerateEnd(error);
      this.#client = undefined;
      this.#reachability = error instanceof MachineError && error.code === 'ECONNREFUSED' ? 'refuses' : 'silent';
      return undefined;
    }
  }

  async #connect(): Promise<RedisClient> {
    const { name, password } = this.#options;
    const client = await RedisClient.connect(this.#machine, this.#address);
    void client.ended.then(() => {
      this.#client = undefined;
    });
    const greeting = [...(password === undefined ? [] : [['AUTH', password]]), ['CLIENT', 'SETNAME', name]];
    // Not awaited: what follows is answered after it on the same connection.
    client.pipeline(greeting).catch(tolerateEnd);
    return client;
  }
}

/** Resolves after a time, or as soon as nobody waits any more. */
function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A node, a connection or a machine that has ended is no news here; whatever else goes wrong is. */
function tolerateEnd(error: unknown): void {
  if (!(error instanceof MachineError || error instanceof RespError)) throw error;
}
