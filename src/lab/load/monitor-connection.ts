import { type Address, type ConnectionId, type Machine, MachineError } from '../../../wasm-redis/machine.ts';
import { encodePipeline } from '../../../wasm-redis/resp/encode.ts';
import { readClientList } from './client-list.ts';
import type { MonitorLog } from './monitor-log.ts';

/** How it stands with a stream of MONITOR. */
export type MonitorState =
  | { kind: 'connecting' }
  | { kind: 'listening' }
  /** The node said so. */
  | { kind: 'refused'; words: string }
  /** The node has closed it, or the machine was put back. */
  | { kind: 'ended' };

/**
 * A connection on which a node shows all its commands. It is read as text and not as RESP: under load there are more lines
 * than anybody can look at, and the log decides which of them are read at all.
 */
export class MonitorConnection {
  readonly #machine: Machine;
  readonly #log: MonitorLog;
  readonly #decoder = new TextDecoder();
  #connection: ConnectionId | undefined;
  #state: MonitorState = { kind: 'connecting' };
  /** What came before the stream: the answers to the greeting. */
  #greeting = '';
  #closed = false;

  private constructor(machine: Machine, log: MonitorLog) {
    this.#machine = machine;
    this.#log = log;
  }

  /** Rejects with `MachineError` ECONNREFUSED if nobody listens there. */
  static async open(
    machine: Machine,
    address: Address,
    log: MonitorLog,
    { password }: { password?: string },
  ): Promise<MonitorConnection> {
    const monitor = new MonitorConnection(machine, log);
    const connection = await machine.connect(address, (bytes) => monitor.#receive(bytes));
    monitor.#connection = connection;
    const greeting = [
      ...(password === undefined ? [] : [['AUTH', password]]),
      ['CLIENT', 'SETNAME', 'panel-load'],
      // Who is connected already has had its name given before the stream begins.
      ['CLIENT', 'LIST'],
      ['MONITOR'],
    ];
    // Not awaited: a node that is stopped takes it later. One that closes ends the stream.
    machine.send(connection, encodePipeline(greeting)).catch((error: unknown) => {
      if (!(error instanceof MachineError)) throw error;
      monitor.#end();
    });
    return monitor;
  }

  get state(): MonitorState {
    return this.#state;
  }

  close(): void {
    this.#closed = true;
    this.#end();
    if (this.#connection === undefined) return;
    this.#machine.disconnect(this.#connection).catch((error: unknown) => {
      // A machine that is gone has no connections.
      if (!(error instanceof MachineError)) throw error;
    });
  }

  #receive(bytes: Uint8Array | null): void {
    if (this.#closed) return;
    if (bytes === null) this.#end();
    else {
      const text = this.#decoder.decode(bytes, { stream: true });
      if (this.#state.kind === 'listening') this.#log.push(text);
      else this.#greet(text);
    }
  }

  /** The stream begins after the `+OK` that answers MONITOR, which is the last answer of the greeting. */
  #greet(text: string): void {
    this.#greeting += text;
    const refusal = /^-(.*)\r\n/m.exec(this.#greeting)?.[1];
    if (refusal !== undefined) this.#state = { kind: 'refused', words: refusal };
    const clients = /\$\d+\r\n([^]*?)\n\r\n\+OK\r\n([^]*)$/.exec(this.#greeting);
    if (this.#state.kind !== 'connecting' || !clients) return;
    for (const client of readClientList(clients[1]!)) {
      this.#log.knowClient(client.get('addr') ?? '', client.get('name') ?? '');
    }
    this.#state = { kind: 'listening' };
    this.#greeting = '';
    this.#log.push(clients[2]!);
  }

  #end(): void {
    if (this.#state.kind !== 'refused') this.#state = { kind: 'ended' };
  }
}
