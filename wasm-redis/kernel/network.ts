import { ERRNO } from '../build/abi.ts';
import { Links, type NetworkTime } from './links.ts';
import type { OpenFile } from './open-file.ts';
import { type Part, rememberMap, rememberSet, type Snapshot } from './snapshot.ts';
import {
  addressKey,
  ANY_HOST,
  hostNamed,
  hostReached,
  isLoopback,
  LOCAL_HOST,
  LOOPBACK,
  type SocketAddress,
} from './socket-address.ts';
import { Socket } from './socket.ts';
import type { Tap } from './tap.ts';

const FIRST_EPHEMERAL_PORT = 32768;
const LAST_EPHEMERAL_PORT = 60999;

/** For a network whose links are never anything but ideal. */
const NO_TIME: NetworkTime = { nowUs: () => 0, wakeAt: () => {}, fraction: () => 0 };

/**
 * The machine's network: who listens where. Hosts with an address and a loopback each, on them TCP ports; and Unix
 * sockets by path. Connections are made at once and bytes that are written are there at once, unless `links` has
 * something to say about the two hosts.
 */
export class Network implements Part {
  readonly #listeners = new Map<string, Socket>();
  readonly #ephemeral = new Set<number>();
  #nextEphemeral = FIRST_EPHEMERAL_PORT;
  readonly #hosts = new Set([LOCAL_HOST]);
  readonly links: Links;
  readonly #onListen: (socket: Socket, open: boolean) => void;
  /** While somebody captures. Undefined else: then a write costs one comparison more. */
  tap: Tap | undefined = undefined;
  /** Whether an address is free outside of the machine as well: 0 or a negative errno. */
  mayBind: (address: SocketAddress) => number = () => 0;
  /**
   * Where a connection goes whose address nobody in the machine listens on: EINPROGRESS when it is on its way, 0 when it
   * stands, another negative errno if it cannot be made.
   */
  connectOutside: (socket: Socket, address: SocketAddress) => number = (socket, address) => {
    if (address.family === 'unix') return -ERRNO.ENOENT;
    return this.#hosts.has(hostReached(socket.host, address.host)) ? -ERRNO.ECONNREFUSED : -ERRNO.EHOSTUNREACH;
  };

  /** @param onListen told when a socket begins and ends to listen. */
  constructor(onListen: (socket: Socket, open: boolean) => void, time = NO_TIME) {
    this.#onListen = onListen;
    this.links = new Links(time);
  }

  /** A host that can be reached from now on, even if nobody listens there. */
  addHost(address: string): void {
    this.#hosts.add(hostNamed(address));
  }

  /** Addresses of the hosts that there are. */
  get hosts(): ReadonlySet<string> {
    return this.#hosts;
  }

  /** What time has brought about. */
  run(nowUs: number): void {
    this.links.run(nowUs, (socket, address) => this.#open(socket, address));
  }

  /** bind(2): 0, EADDRINUSE, EADDRNOTAVAIL. */
  bind(socket: Socket, address: SocketAddress): number {
    if (
      address.family === 'inet' &&
      address.host !== ANY_HOST &&
      address.host !== socket.host &&
      !isLoopback(address.host)
    ) {
      return -ERRNO.EADDRNOTAVAIL;
    }
    if (!(address.family === 'inet' && address.port === 0) && this.#at(socket.host, address)) return -ERRNO.EADDRINUSE;
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
    if (this.#at(socket.host, socket.local)) return -ERRNO.EADDRINUSE;
    socket.state = 'listening';
    socket.backlog = Math.max(1, backlog);
    this.#listeners.set(addressKey(socket.host, socket.local), socket);
    this.#onListen(socket, true);
    return 0;
  }

  unlisten(socket: Socket): void {
    if (!socket.local || this.#listeners.get(addressKey(socket.host, socket.local)) !== socket) return;
    this.#listeners.delete(addressKey(socket.host, socket.local));
    this.#onListen(socket, false);
  }

  /**
   * connect(2): 0 when connected, EINPROGRESS while the listener's backlog is full, the link is slow or cut, or the
   * connection is on its way out of the machine (the socket becomes writable later), ECONNREFUSED if nobody listens,
   * EISCONN.
   */
  connect(socket: Socket, address: SocketAddress): number {
    if (socket.state === 'connected') return -ERRNO.EISCONN;
    if (socket.state === 'connecting') return -ERRNO.EALREADY;
    if (socket.state !== 'idle') return socket.takeError() || -ERRNO.ECONNABORTED;
    if (address.family === 'inet') {
      const target = hostReached(socket.host, address.host);
      if (target !== socket.host && this.#hosts.has(target) && this.links.attempt(socket, address, target)) {
        socket.state = 'connecting';
        this.#nameClient(socket, address);
        this.tap?.connecting(socket, address, target, this.links.isLossy(socket.host, target));
        return -ERRNO.EINPROGRESS;
      }
    }
    return this.#open(socket, address);
  }

  #open(socket: Socket, address: SocketAddress): number {
    const listener = this.#at(socket.host, address);
    if (!listener) {
      const result = this.connectOutside(socket, address);
      if (result === -ERRNO.ECONNREFUSED && address.family === 'inet') {
        this.tap?.refused(socket, address, hostReached(socket.host, address.host));
      }
      if (result !== 0 && result !== -ERRNO.EINPROGRESS) socket.state = 'failed';
      return result;
    }
    const server = new Socket(this, listener.host);
    this.#nameClient(socket, address);
    socket.remote = address;
    server.local = address;
    server.remote = socket.local;
    server.peer = socket;
    socket.peer = server;
    if (server.host !== socket.host) this.links.joined(socket, server);
    const established = listener.queue.length < listener.backlog;
    socket.state = 'connecting';
    // As on Linux: the handshake is the listener's host's, whenever the process accepts.
    this.tap?.connected(socket, server);
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

  /** @param host default: the machine's own */
  isListening(port: number, host = LOOPBACK): boolean {
    return this.#at(LOCAL_HOST, { family: 'inet', host, port }) !== undefined;
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
    snapshot.add(this.links);
    const restores = [rememberMap(this.#listeners), rememberSet(this.#ephemeral), rememberSet(this.#hosts)];
    return () => {
      for (const restore of restores) restore();
      this.#nextEphemeral = nextEphemeral;
      this.tap?.restored();
    };
  }

  /** The end of a connection that asks for it: its address, and a port unless it is bound to one. */
  #nameClient(socket: Socket, address: SocketAddress): void {
    if (address.family === 'unix') {
      socket.local = { family: 'unix', path: '' };
      return;
    }
    const bound = socket.local?.family === 'inet' ? socket.local : { host: ANY_HOST, port: 0 };
    const own = address.host === ANY_HOST || isLoopback(address.host) ? LOOPBACK : socket.host;
    const host = bound.host === ANY_HOST ? own : bound.host;
    socket.local = { family: 'inet', host, port: bound.port || this.#takePort() };
  }

  /** Who listens at an address, as a host sees it. */
  #at(from: string, address: SocketAddress): Socket | undefined {
    if (address.family === 'unix') return this.#listeners.get(addressKey(from, address));
    const target = hostReached(from, address.host);
    const exact = this.#listeners.get(addressKey(target, address));
    if (exact) return exact;
    const any = this.#listeners.get(addressKey(target, { ...address, host: ANY_HOST }));
    if (any) return any;
    if (address.host !== ANY_HOST) return undefined;
    return [...this.#listeners.values()].find(
      (socket) => socket.host === target && socket.local?.family === 'inet' && socket.local.port === address.port,
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
