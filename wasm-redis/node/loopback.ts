import { BoundSocket, createServer, type Server, type Socket as RealSocket } from 'node:net';
import { ERRNO } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { ANY_HOST, LOOPBACK, type SocketAddress } from '../kernel/socket-address.ts';
import { Socket } from '../kernel/socket.ts';
import { adopt } from './handles.ts';
import { errnoOf } from './host-errors.ts';
import { type Ends, LoopbackConnection } from './loopback-connection.ts';
import { outgoingEnds, type Side } from './outgoing.ts';
import { SideDoor } from './side-door.ts';

/** What Redis asks for by default; the system may allow fewer. */
const BACKLOG = 511;
/** How long a client that reads nothing keeps the launcher after its server has ended. */
const GOODBYE_MS = 1000;
/** While the server keeps the thread: how often clients are looked at, and how much of the time that may take. */
const POLL_EVERY_MS = 10;
const POLL_BUDGET_MS = 5;
/** After so long a server that keeps the thread is taken to be stuck, and new clients come in by another way. */
const STUCK_MS = 250;

/** Between two looks at the sockets by a process that waits inside a call. */
const SHORTEST_PAUSE_MS = 0.05;
const LONGEST_PAUSE_MS = 1;

/** Which side of this computer's 127.0.0.1 is reached. Anywhere is for those who know who else is there. */
export interface Reach {
  connect: Side;
  listen: Side;
}

/**
 * The real network of a machine: whatever listens inside listens on this computer's 127.0.0.1 too (or at the same path,
 * for a Unix socket), and every connection is joined to one inside. What is connected to inside, and nobody there
 * listens on, is connected to outside.
 */
export class Loopback {
  readonly #kernel: Kernel;
  readonly #listeners = new Map<Socket, Server>();
  readonly #connections = new Set<LoopbackConnection>();
  #onLastClose: () => void = () => {};
  readonly #reach: Reach;
  /** Ports that the machine has bound and not begun to listen on. */
  readonly #bound = new Map<string, BoundSocket>();
  /** Unix sockets that it has bound: their files are there before anybody listens, because chmod(2) comes in between. */
  readonly #boundPaths = new Map<string, Server>();
  readonly #onFailure: (address: SocketAddress, error: Error) => void;
  #nextPollMs = 0;
  /** Since when the machine has kept the thread. */
  #busySinceMs: number | undefined;
  #sideDoors: SideDoor[] = [];

  /**
   * @param reach what may be connected to outside, and who may connect
   * @param onFailure told when an address cannot be listened on although it could be bound
   */
  constructor(kernel: Kernel, reach: Reach, onFailure: (address: SocketAddress, error: Error) => void) {
    this.#kernel = kernel;
    this.#reach = reach;
    this.#onFailure = onFailure;
    kernel.network.connectOutside = (socket, address) => {
      const ends = outgoingEnds(socket, address, reach.connect);
      if (typeof ends === 'number') return ends;
      this.#join(ends).open();
      return -ERRNO.EINPROGRESS;
    };
    kernel.network.mayBind = (address) => this.#bind(address);
    kernel.onListen = (listener, open) => {
      if (open) this.#listen(listener);
      else this.#unlisten(listener);
    };
  }

  /** The machine keeps the thread: looks after the clients by hand, now and then. */
  poll(): void {
    const start = performance.now();
    if (start < this.#nextPollMs) return;
    this.#watchBusy(start);
    for (const connection of [...this.#connections]) {
      connection.poll();
      // Whoever has been looked at goes to the end, so that all have their turn.
      this.#connections.delete(connection);
      this.#connections.add(connection);
      if (performance.now() - start > POLL_BUDGET_MS) break;
    }
    this.#nextPollMs = performance.now() + POLL_EVERY_MS;
  }

  /**
   * A process waits inside a call, as MIGRATE does for the other server: until something comes, at most so long.
   *
   * @param pause blocks the thread
   */
  waitByHand(limitMs: number, pause: (ms: number) => void): void {
    const until = performance.now() + limitMs;
    for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      let moved = false;
      for (const connection of [...this.#connections]) moved = connection.poll() || moved;
      const leftMs = until - performance.now();
      if (moved || leftMs <= 0) return;
      pause(Math.min(pauseMs, leftMs));
    }
  }

  /** Closes everything, once the clients have got what was written to them. */
  async close(): Promise<void> {
    this.#closeSideDoors();
    for (const server of this.#listeners.values()) server.close();
    if (this.#connections.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onLastClose = resolve;
    for (const connection of this.#connections) connection.close();
    setTimeout(resolve, GOODBYE_MS);
    await promise;
  }

  /** 0, or a negative errno if the port is taken or not allowed. */
  #bind(address: SocketAddress): number {
    if (address.family === 'unix') {
      const { path } = address;
      this.#boundPaths.set(path, this.#serve(address).listen({ path, backlog: BACKLOG }));
      return 0;
    }
    if (address.port === 0) return 0;
    const { host, port } = this.#outside(address);
    try {
      this.#bound.set(`${host}:${port}`, new BoundSocket({ host, port }));
      return 0;
    } catch (error) {
      return errnoOf(error);
    }
  }

  #listen(listener: Socket): void {
    const { local } = listener;
    if (!local) return;
    const server = (local.family === 'unix' && this.#boundPaths.get(local.path)) || this.#serve(local);
    this.#listeners.set(listener, server);
    if (local.family === 'unix') this.#boundPaths.delete(local.path);
    else {
      const { host, port } = this.#outside(local);
      const handle = this.#bound.get(`${host}:${port}`);
      this.#bound.delete(`${host}:${port}`);
      server.listen(handle ? { handle, backlog: BACKLOG } : { host, port, backlog: BACKLOG });
    }
  }

  /** A real server whose connections are joined to this address inside. */
  #serve(local: SocketAddress): Server {
    const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };
    const server = createServer(options, (real) => this.#admit(real, local).open());
    return server.on('error', (error) => this.#onFailure(local, error));
  }

  /** All addresses of the machine are this computer's 127.0.0.1, unless others may connect. */
  #outside<T extends { host: string; port: number }>(address: T): T {
    return this.#reach.listen === 'anywhere' ? address : atLoopback(address);
  }

  #unlisten(listener: Socket): void {
    this.#closeSideDoors();
    this.#listeners.get(listener)?.close();
    this.#listeners.delete(listener);
  }

  /** Connects inside, from where the real client comes from: CLIENT LIST shows it. Undefined if nobody listens. */
  #connect(to: SocketAddress, host: string | undefined, port: number | undefined): Socket | undefined {
    const virtual = new Socket(this.#kernel.network);
    if (host !== undefined && port !== undefined) virtual.local = { family: 'inet', host, port };
    const result = this.#kernel.network.connect(virtual, to.family === 'inet' ? atLoopback(to) : to);
    if (result === 0 || result === -ERRNO.EINPROGRESS) return virtual;
    virtual.release();
    return undefined;
  }

  #admit(given: RealSocket, to: SocketAddress): LoopbackConnection {
    const { remoteAddress: host, remotePort: port } = given;
    return this.#join({ real: (onread) => adopt(given, onread), virtual: () => this.#connect(to, host, port) });
  }

  #join(ends: Omit<Ends, 'onClose'>): LoopbackConnection {
    const onClose = (): void => {
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.#onLastClose();
    };
    const connection: LoopbackConnection = new LoopbackConnection(this.#kernel, { ...ends, onClose });
    this.#connections.add(connection);
    return connection;
  }

  #watchBusy(nowMs: number): void {
    if (this.#busySinceMs === undefined) {
      this.#busySinceMs = nowMs;
      // Comes when the machine gives the thread back.
      setImmediate(() => {
        this.#busySinceMs = undefined;
        this.#closeSideDoors();
      });
    } else if (nowMs - this.#busySinceMs > STUCK_MS && this.#sideDoors.length === 0) {
      for (const [listener, server] of this.#listeners) this.#openSideDoor(server, listener.local);
    }
  }

  #closeSideDoors(): void {
    for (const door of this.#sideDoors) door.close();
    this.#sideDoors = [];
  }

  #openSideDoor(server: Server, to: SocketAddress | undefined): void {
    if (!to) return;
    const door = new SideDoor(server);
    for (const pipe of door.pipes) this.#admit(pipe, to);
    this.#sideDoors.push(door);
  }
}

function atLoopback<T extends { host: string; port: number }>(address: T): T {
  return address.host === ANY_HOST ? { ...address, host: LOOPBACK } : address;
}
