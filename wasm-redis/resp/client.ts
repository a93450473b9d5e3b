import { type Address, type ConnectionId, type Machine, MachineError } from '../machine.ts';
import { type Argument, encodeCommand, encodePipeline } from './encode.ts';
import { RespParser } from './parser.ts';
import { type Plain, plain } from './plain.ts';
import { type RespValue } from './value.ts';

/** What comes without having been asked for: pushes, messages of a RESP2 subscription, MONITOR's lines. */
export type PushListener = (value: RespValue) => void;

/** A command that waits for its reply. In RESP3 those about subscriptions are answered by a push. */
interface Request extends PromiseWithResolvers<RespValue> {
  answeredByPush: boolean;
}

/**
 * A client of a server in a machine, over a raw connection: each command resolves with its reply, in order. A reply that
 * is an error is data and resolves too; only the end of the connection rejects (`MachineError` EPIPE), and bytes that are
 * no RESP (`RespError`).
 */
export class RedisClient {
  /** Default: they are dropped. */
  onPush: PushListener = () => {};
  /** Resolves when the connection has ended, whoever ended it. */
  readonly ended: Promise<void>;
  readonly #machine: Machine;
  readonly #parser = new RespParser();
  readonly #end = Promise.withResolvers<void>();
  readonly #waiting: Request[] = [];
  #connection: ConnectionId = 0;
  #failure: Error | undefined;

  private constructor(machine: Machine) {
    this.#machine = machine;
    this.ended = this.#end.promise;
  }

  /** Rejects with `MachineError` ECONNREFUSED if nobody listens there. */
  static async connect(machine: Machine, address: Address): Promise<RedisClient> {
    const client = new RedisClient(machine);
    client.#connection = await machine.connect(address, (bytes) => client.#receive(bytes));
    return client;
  }

  /**
   * Sends one command; a blocking one keeps later ones waiting, as on any connection. One with several replies
   * (`SUBSCRIBE a b`) resolves with the first, and the others are pushed.
   */
  async command(...args: readonly Argument[]): Promise<RespValue> {
    return (await this.#request(encodeCommand(args), [args]))[0]!;
  }

  /** The same, with the reply as a plain value. */
  async call(...args: readonly Argument[]): Promise<Plain> {
    return plain(await this.command(...args));
  }

  /** Sends commands in one piece and resolves with all their replies. */
  pipeline(commands: readonly (readonly Argument[])[]): Promise<RespValue[]> {
    return this.#request(encodePipeline(commands), commands);
  }

  /** Closes the connection. What still waits for a reply rejects. */
  async close(): Promise<void> {
    await this.#machine.disconnect(this.#connection);
    this.#fail(new MachineError('EPIPE', 'The connection was closed.'));
  }

  async #request(bytes: Uint8Array, commands: readonly (readonly Argument[])[]): Promise<RespValue[]> {
    if (this.#failure) throw this.#failure;
    const requests = commands.map(([name]): Request => ({
      ...Promise.withResolvers<RespValue>(),
      answeredByPush: SUBSCRIPTION.test(String(name)),
    }));
    this.#waiting.push(...requests);
    const all = Promise.all(requests.map(({ promise }) => promise));
    // Not awaited: a server may answer, or close, before it has taken everything.
    this.#machine.send(this.#connection, bytes).catch((error: unknown) => this.#fail(error as Error));
    return all;
  }

  #receive(bytes: Uint8Array | null): void {
    if (bytes === null) {
      this.#fail(new MachineError('EPIPE', 'The server has closed the connection.'));
      return;
    }
    try {
      for (const value of this.#parser.push(bytes)) this.#deliver(value);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #deliver(value: RespValue): void {
    const answers = value.kind !== 'push' || (this.#waiting[0]?.answeredByPush && isConfirmation(value));
    const request = answers ? this.#waiting.shift() : undefined;
    if (request) request.resolve(value);
    else this.onPush(value);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#end.resolve();
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

const SUBSCRIPTION = /^[ps]?(un)?subscribe$/i;

function isConfirmation(value: RespValue & { kind: 'push' | 'array' | 'set' }): boolean {
  const first = value.items[0] && plain(value.items[0]);
  return typeof first === 'string' && SUBSCRIPTION.test(first);
}
