import { createServer, type Server, type Socket } from 'node:net';
import { type FrameReader, type FrameWriter } from './frame-ring.ts';
import { CREDIT_BYTES, FRAME, GONE, type ListenAddress, WINDOW_BYTES } from './frames.ts';

const LOOPBACK = '127.0.0.1';
/** What Redis asks for by default; the system may allow fewer. */
const BACKLOG = 511;

/** A real connection. */
class Connection {
  readonly id: number;
  readonly socket: Socket;
  /** Bytes that may be sent to the server's thread. */
  window = WINDOW_BYTES;
  /** Bytes received from there for which no credit has been given. */
  owed = 0;
  /** What has been read and could not be sent on; the socket is paused meanwhile. */
  held: Buffer | undefined;
  constructor(id: number, socket: Socket) {
    this.id = id;
    this.socket = socket;
  }
}

/** The network's side of the bridge: real sockets, on the loopback only. */
export class NetworkBridge {
  readonly #incoming: FrameReader;
  readonly #outgoing: FrameWriter;
  readonly #listeners = new Map<number, Server>();
  readonly #connections = new Map<number, Connection>();
  /** Those that wait for space between the threads. */
  readonly #stalled = new Set<Connection>();
  #nextConnection = 1;
  #wakePending = false;

  constructor(incoming: FrameReader, outgoing: FrameWriter) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  /** @param onFailure told when the address cannot be listened on */
  listen(listener: number, address: ListenAddress, onFailure: (error: NodeJS.ErrnoException) => void): void {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(listener, socket));
    server.on('error', onFailure);
    if (address.kind === 'tcp') server.listen({ port: address.port, host: LOOPBACK, backlog: BACKLOG });
    else server.listen({ path: address.path, backlog: BACKLOG });
    this.#listeners.set(listener, server);
  }

  unlisten(listener: number): void {
    this.#listeners.get(listener)?.close();
    this.#listeners.delete(listener);
  }

  /** Handles what the server's thread has sent. */
  receive(): void {
    const incoming = this.#incoming;
    while (incoming.next()) {
      const connection = this.#connections.get(incoming.connection);
      if (connection) this.#handle(connection);
    }
    if (incoming.takeWantsSpace()) this.#wakeSoon();
    this.#outgoing.retry();
    for (const connection of this.#stalled) this.#sendHeld(connection);
  }

  signal(index: number): void {
    this.#outgoing.write(FRAME.SIGNAL, 0, index);
    this.#wakeSoon();
  }

  /** The server is gone: closes all connections once they have sent what they have, and all listeners. */
  async close(): Promise<void> {
    const closed = [...this.#connections.values()].map(
      ({ socket }) => new Promise((resolve) => void socket.once('close', resolve)),
    );
    for (const server of this.#listeners.values()) server.close();
    for (const { socket } of this.#connections.values()) socket.destroySoon();
    await Promise.all(closed);
  }

  #accept(listener: number, socket: Socket): void {
    const connection = new Connection(this.#nextConnection++, socket);
    this.#connections.set(connection.id, connection);
    const from = Buffer.from(socket.remoteAddress ? `${socket.remoteAddress}:${socket.remotePort}` : '');
    if (this.#outgoing.space < from.length) {
      socket.destroy();
      return;
    }
    this.#outgoing.writeBytes(FRAME.OPEN, connection.id, listener, from, 0, from.length);
    this.#wakeSoon();
    socket.on('data', (bytes: Buffer) => this.#send(connection, bytes));
    socket.on('end', () => this.#tell(FRAME.END, connection));
    socket.on('drain', () => this.#giveCredit(connection));
    // A reset by the peer; 'close' follows.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#connections.delete(connection.id);
      this.#stalled.delete(connection);
      this.#tell(FRAME.CLOSE, connection);
    });
  }

  #tell(kind: number, connection: Connection): void {
    this.#outgoing.write(kind, connection.id);
    this.#wakeSoon();
  }

  #send(connection: Connection, bytes: Buffer): void {
    const count = Math.min(bytes.length, connection.window, this.#outgoing.space);
    if (count > 0) {
      this.#outgoing.writeBytes(FRAME.DATA, connection.id, 0, bytes, 0, count);
      connection.window -= count;
      this.#wakeSoon();
    }
    if (count === bytes.length) return;
    connection.held = bytes.subarray(count);
    connection.socket.pause();
    if (connection.window > 0) this.#stalled.add(connection);
  }

  #sendHeld(connection: Connection): void {
    this.#stalled.delete(connection);
    const { held, socket } = connection;
    if (!held) return;
    connection.held = undefined;
    this.#send(connection, held);
    if (!connection.held) socket.resume();
  }

  #handle(connection: Connection): void {
    const { kind, argument, count } = this.#incoming;
    const { socket } = connection;
    if (kind === FRAME.DATA) {
      const bytes = Buffer.allocUnsafe(count);
      this.#incoming.copy(bytes);
      socket.write(bytes);
      connection.owed += count;
      if (!socket.writableNeedDrain) this.#giveCredit(connection);
    } else if (kind === FRAME.CREDIT) {
      connection.window += argument;
      this.#sendHeld(connection);
    } else if (kind === FRAME.END) {
      if (argument === GONE) socket.destroySoon();
      else socket.end();
    } else if (kind === FRAME.CLOSE) socket.resetAndDestroy();
  }

  /** What has left lets the server send more. */
  #giveCredit(connection: Connection): void {
    if (connection.owed < CREDIT_BYTES) return;
    this.#outgoing.write(FRAME.CREDIT, connection.id, connection.owed);
    connection.owed = 0;
    this.#wakeSoon();
  }

  /** Once for all that the sockets have brought in this turn of the event loop. */
  #wakeSoon(): void {
    if (this.#wakePending) return;
    this.#wakePending = true;
    setImmediate(() => {
      this.#wakePending = false;
      this.#outgoing.wake();
    });
  }
}
