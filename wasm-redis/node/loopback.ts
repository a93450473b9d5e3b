import { createServer, type Server, type Socket as RealSocket } from 'node:net';
import { ERRNO } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { ANY_HOST, LOOPBACK, type SocketAddress } from '../kernel/network.ts';
import { Socket } from '../kernel/socket.ts';
import { LoopbackConnection } from './loopback-connection.ts';
import { isPortTaken } from './taken-ports.ts';

/** What Redis asks for by default; the system may allow fewer. */
const BACKLOG = 511;
/** How long a client that reads nothing keeps the launcher after its server has ended. */
const GOODBYE_MS = 1000;
/** While the server keeps the thread: how often clients are looked at, and how much of the time that may take. */
const POLL_EVERY_MS = 10;
const POLL_BUDGET_MS = 5;

/**
 * The real network of a machine: whatever listens inside listens on this computer's 127.0.0.1 too (or at the same path,
 * for a Unix socket), and every connection is joined to one inside.
 */
export class Loopback {
  readonly #kernel: Kernel;
  readonly #listeners = new Map<Socket, Server>();
  readonly #connections = new Map<RealSocket, LoopbackConnection>();
  /** Listeners whose real ones are not open yet, and what waits for them. */
  readonly #opening = new Set<Server>();
  #waiting: (() => void)[] = [];
  #nextPollMs = 0;

  /** @param onFailure told when an address turns out to be taken after the machine was told that it is free */
  constructor(kernel: Kernel, onFailure: (address: SocketAddress, error: NodeJS.ErrnoException) => void) {
    this.#kernel = kernel;
    kernel.network.mayBind = (address) =>
      address.family === 'inet' && address.port !== 0 && isPortTaken(address.port) ? -ERRNO.EADDRINUSE : 0;
    kernel.onListen = (listener, open) => {
      if (!open) this.#unlisten(listener);
      else this.#listen(listener, onFailure);
    };
  }

  /**
   * Does something as soon as everything that listens inside can be reached from outside, which Node takes a moment for:
   * at once, as a rule.
   */
  whenOpen(action: () => void): void {
    if (this.#opening.size === 0) action();
    else this.#waiting.push(action);
  }

  /** The machine keeps the thread: looks after the clients by hand, now and then. */
  poll(): void {
    const start = performance.now();
    if (start < this.#nextPollMs) return;
    for (const [real, connection] of [...this.#connections]) {
      connection.poll();
      // Whoever has been looked at goes to the end, so that all have their turn.
      this.#connections.delete(real);
      this.#connections.set(real, connection);
      if (performance.now() - start > POLL_BUDGET_MS) break;
    }
    this.#nextPollMs = performance.now() + POLL_EVERY_MS;
  }

  /** Closes everything, once the clients have got what was written to them. */
  async close(): Promise<void> {
    for (const server of this.#listeners.values()) server.close();
    const reals = [...this.#connections.keys()];
    const closed = reals.map((real) => new Promise((resolve) => void real.once('close', resolve)));
    for (const real of reals) real.destroySoon();
    const limit = new Promise((resolve) => void setTimeout(resolve, GOODBYE_MS).unref());
    await Promise.race([Promise.all(closed), limit]);
  }

  #listen(listener: Socket, onFailure: (address: SocketAddress, error: NodeJS.ErrnoException) => void): void {
    const { local } = listener;
    if (!local) return;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (real) => this.#join(real, local));
    this.#opening.add(server);
    server.on('listening', () => this.#opened(server));
    server.on('error', (error) => {
      this.#opened(server);
      onFailure(local, error);
    });
    if (local.family === 'inet') server.listen({ port: local.port, host: LOOPBACK, backlog: BACKLOG });
    else server.listen({ path: local.path, backlog: BACKLOG });
    this.#listeners.set(listener, server);
  }

  #opened(server: Server): void {
    this.#opening.delete(server);
    if (this.#opening.size > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const action of waiting) action();
  }

  #unlisten(listener: Socket): void {
    this.#listeners.get(listener)?.close();
    this.#listeners.delete(listener);
  }

  #join(real: RealSocket, to: SocketAddress): void {
    const virtual = new Socket(this.#kernel.network);
    const { remoteAddress: host, remotePort: port } = real;
    // CLIENT LIST shows whom the connection really comes from.
    if (host !== undefined && port !== undefined) virtual.local = { family: 'inet', host, port };
    const isAny = to.family === 'inet' && to.host === ANY_HOST;
    const result = this.#kernel.network.connect(virtual, isAny ? { ...to, host: LOOPBACK } : to);
    if (result !== 0 && result !== -ERRNO.EINPROGRESS) {
      virtual.release();
      real.resetAndDestroy();
      return;
    }
    this.#connections.set(real, new LoopbackConnection(this.#kernel, real, virtual));
    real.on('close', () => this.#connections.delete(real));
  }
}
