import { ERRNO } from '../build/abi.ts';
import type { OpenFile } from './open-file.ts';
import { type Part, rememberMap, rememberSet, type Snapshot } from './snapshot.ts';
import { Socket } from './socket.ts';

export type SocketAddress = { family: 'inet'; host: string; port: number } | { family: 'unix'; path: string };

const FIRST_EPHEMERAL_PORT = 32768;
const LAST_EPHEMERAL_PORT = 60999;
export const LOOPBACK = '127.0.0.1';
export const ANY_HOST = '0.0.0.0';

/**
 * The machine's network: who listens where. One host, 127.0.0.1, with TCP ports, and Unix sockets by path.
 * Connections are made at once; bytes that are written are there at once.
 */
export class Network implements Part {
  readonly #listeners = new Map<string, Socket>();
  readonly #ephemeral = new Set<number>();
  #nextEphemeral = FIRST_EPHEMERAL_PORT;
  readonly #onListen: (socket: Socket, open: boolean) => void;
  /** Whether an address is free outside of the machine as well: 0 or a negative errno. */
  mayBind: (address: SocketAddress) => number = () => 0;
  /**
   * Where a connection goes whose address nobody in the machine listens on: EINPROGRESS when it is on its way, 0 when it
   * stands, another negative errno if it cannot be made.
   */
  connectOutside: (socket: Socket, address: SocketAddress) => number = (_socket, address) =>
    address.family === 'unix' ? -ERRNO.ENOENT : -ERRNO.ECONNREFUSED;

  /** @param onListen told when a socket begins and ends to listen. */
  constructor(onListen: (socket: Socket, open: boolean) => void) {
    this.#onListen = onListen;
  }

  /** bind(2): 0, EADDRINUSE, EADDRNOTAVAIL. */
  bind(socket: Socket, address: SocketAddress): number {
    if (address.family === 'inet' && address.host !== ANY_HOST && !address.host.startsWith('127.')) {
      return -ERRNO.EADDRNOTAVAIL;
    }
    if (!(address.family === 'inet' && address.port === 0) && this.#at(address)) return -ERRNO.EADDRINUSE;
    const refused = this.mayBind(address);
    if (refused === 0) socket.local = address;
    return refused;
  }

  /** listen(2): 0, EADDRINUSE, EINVAL. */
  listen(socket: Socket, backlog: number): number {
    if (socket.state !== 'idle') return -ERRNO.EINVAL;
    socket.local ??= { family: 'inet', host: ANY_HOST, port: 0 };
    if (socket.local.family === 'inet' && socket.local.port === 0) {
      socket.local = { ...socket.local, port: this.#takePort() };
    }
    if (this.#at(socket.local)) return -ERRNO.EADDRINUSE;
    socket.state = 'listening';
    socket.backlog = Math.max(1, backlog);
    this.#listeners.set(key(socket.local), socket);
    this.#onListen(socket, true);
    return 0;
  }

  unlisten(socket: Socket): void {
    if (!socket.local || this.#listeners.get(key(socket.local)) !== socket) return;
    this.#listeners.delete(key(socket.local));
    this.#onListen(socket, false);
  }

  /**
   * connect(2): 0 when connected, EINPROGRESS while the listener's backlog is full or the connection is on its way out of
   * the machine (the socket becomes writable later), ECONNREFUSED if nobody listens, EISCONN.
   */
  connect(socket: Socket, address: SocketAddress): number {
    if (socket.state === 'connected') return -ERRNO.EISCONN;
    if (socket.state === 'connecting') return -ERRNO.EALREADY;
    if (socket.state !== 'idle') return socket.takeError() || -ERRNO.ECONNABORTED;
    const listener = this.#at(address);
    if (!listener) {
      const result = this.connectOutside(socket, address);
      if (result !== 0 && result !== -ERRNO.EINPROGRESS) socket.state = 'failed';
      return result;
    }
    const server = new Socket(this);
    if (address.family === 'inet') {
      const bound = socket.local?.family === 'inet' ? socket.local : { host: LOOPBACK, port: 0 };
      const host = bound.host === ANY_HOST ? LOOPBACK : bound.host;
      socket.local = { family: 'inet', host, port: bound.port || this.#takePort() };
    } else socket.local = { family: 'unix', path: '' };
    socket.remote = address;
    server.local = address;
    server.remote = socket.local;
    server.peer = socket;
    socket.peer = server;
    const established = listener.queue.length < listener.backlog;
    socket.state = 'connecting';
    if (established) {
      server.establish(socket);
      socket.establish(server);
    }
    listener.arrive(server);
    return established ? 0 : -ERRNO.EINPROGRESS;
  }

  /** accept(2): the oldest connection that waits, or undefined. */
  accept(listener: Socket): Socket | undefined {
    const accepted = listener.queue.shift();
    const promoted = listener.queue[listener.backlog - 1];
    if (promoted?.peer && promoted.state !== 'connected') {
      const client = promoted.peer;
      promoted.establish(client);
      client.establish(promoted);
    }
    return accepted;
  }

  /** A client has given up before its connection stood: nobody shall accept what it was to become. */
  withdraw(server: Socket): void {
    for (const { queue } of this.#listeners.values()) {
      const at = queue.indexOf(server);
      if (at >= 0) queue.splice(at, 1);
    }
  }

  isListening(port: number): boolean {
    return this.#at({ family: 'inet', host: LOOPBACK, port }) !== undefined;
  }

  /** The TCP ports on which a process listens. */
  portsOf(files: Iterable<OpenFile>): number[] {
    return [...files].flatMap((file) =>
      file instanceof Socket && file.state === 'listening' && file.local?.family === 'inet' ? file.local.port : [],
    );
  }

  releasePort(socket: Socket): void {
    if (socket.local?.family === 'inet') this.#ephemeral.delete(socket.local.port);
  }

  remember(snapshot: Snapshot): () => void {
    const nextEphemeral = this.#nextEphemeral;
    for (const listener of this.#listeners.values()) snapshot.add(listener);
    const restores = [rememberMap(this.#listeners), rememberSet(this.#ephemeral)];
    return () => {
      for (const restore of restores) restore();
      this.#nextEphemeral = nextEphemeral;
    };
  }

  #at(address: SocketAddress): Socket | undefined {
    if (address.family === 'unix') return this.#listeners.get(key(address));
    const exact = this.#listeners.get(key(address));
    if (exact) return exact;
    const any = this.#listeners.get(key({ ...address, host: ANY_HOST }));
    if (any) return any;
    if (address.host !== ANY_HOST) return undefined;
    return [...this.#listeners.values()].find(
      (socket) => socket.local?.family === 'inet' && socket.local.port === address.port,
    );
  }

  #takePort(): number {
    for (let tries = 0; tries <= LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT; tries++) {
      const port = this.#nextEphemeral;
      this.#nextEphemeral = port === LAST_EPHEMERAL_PORT ? FIRST_EPHEMERAL_PORT : port + 1;
      if (!this.#ephemeral.has(port) && !this.isListening(port)) {
        this.#ephemeral.add(port);
        return port;
      }
    }
    throw new Error(`All ${LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1} ephemeral ports are in use.`);
  }
}

function key(address: SocketAddress): string {
  return address.family === 'unix' ? `unix:${address.path}` : `${address.host}:${address.port}`;
}
