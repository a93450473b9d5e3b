import { ERRNO, POLL, SHUT } from '../build/abi.ts';
import { ByteQueue } from './byte-queue.ts';
import type { Line } from './line.ts';
import type { Network } from './network.ts';
import { OpenFile } from './open-file.ts';
import { rememberArray, type Snapshot } from './snapshot.ts';
import { LOCAL_HOST, type SocketAddress } from './socket-address.ts';

/** What one direction of a connection may hold before its writer has to wait. */
export const SOCKET_BUFFER_BYTES = 256 * 1024;

/**
 * One end of a stream connection, or a listener. A new socket is `idle`; `listen` and `connect` decide what it becomes.
 * Each end owns the queue of what it has received and not read.
 */
export class Socket extends OpenFile {
  readonly type = 'socket';
  readonly network: Network;
  /** The address of the host whose process has it. */
  readonly host: string;
  /** It belongs to no process but to a raw connection of whoever uses the machine. */
  readonly outside: boolean;
  state: 'idle' | 'listening' | 'connecting' | 'connected' | 'failed' = 'idle';
  local: SocketAddress | undefined;
  remote: SocketAddress | undefined;
  /** SO_ERROR: a negative errno to be told once, or 0. */
  pendingError = 0;
  readonly received = new ByteQueue(SOCKET_BUFFER_BYTES);
  peer: Socket | undefined;
  /** What it sends takes time, or is lost, on its way; undefined on an ideal link. */
  line: Line | undefined = undefined;
  /** For a listener: connections that wait for accept(2), at most `backlog` of them established. */
  readonly queue: Socket[] = [];
  backlog = 0;
  #endOfStream = false;
  #writingShut = false;
  #peerReset = false;

  /** @param host default: the machine's own */
  constructor(network: Network, host: string = LOCAL_HOST, outside = false) {
    super();
    this.network = network;
    this.host = host;
    this.outside = outside;
  }

  read(into: Uint8Array, start: number, count: number): number {
    if (this.received.length > 0) {
      const wasFull = this.received.space <= 0;
      const taken = this.received.read(into, start, count);
      if (wasFull) this.peer?.drained();
      return taken;
    }
    if (this.pendingError) return this.takeError();
    if (this.#endOfStream) return 0;
    return this.state === 'connected' || this.state === 'connecting' ? -ERRNO.EAGAIN : -ERRNO.ENOTCONN;
  }

  write(from: Uint8Array, start: number, count: number): number {
    if (this.pendingError) return this.takeError();
    if (this.state === 'connecting') return -ERRNO.EAGAIN;
    if (this.state !== 'connected') return -ERRNO.ENOTCONN;
    const peer = this.peer;
    if (this.#writingShut) return -ERRNO.EPIPE;
    if (!peer) {
      // As on Linux: the first bytes to a peer that has gone still leave, and the reset they meet stops the next ones.
      if (this.#peerReset) return -ERRNO.EPIPE;
      this.#peerReset = true;
      this.network.tap?.sent(this, from, start, count);
      this.network.tap?.resetByPeer(this);
      return count;
    }
    if (this.line) return this.line.send(from, start, count);
    const wasEmpty = peer.received.length === 0;
    const taken = peer.received.write(from, start, count);
    if (taken === 0 && count > 0) return -ERRNO.EAGAIN;
    const { tap } = this.network;
    if (tap) tap.sent(this, from, start, taken);
    if (wasEmpty) peer.notify();
    return taken;
  }

  readiness(): number {
    if (this.state === 'listening') return this.queue.length > 0 ? POLL.POLLIN : 0;
    if (this.state === 'failed') return POLL.POLLIN | POLL.POLLOUT | POLL.POLLERR | POLL.POLLHUP;
    if (this.state !== 'connected') return this.state === 'connecting' ? 0 : POLL.POLLOUT | POLL.POLLHUP;
    let ready = 0;
    if (this.received.length > 0 || this.#endOfStream || this.pendingError) ready |= POLL.POLLIN;
    if (!this.peer || this.#writingShut || (this.line ? this.line.space : this.peer.received.space) > 0)
      ready |= POLL.POLLOUT;
    if (this.pendingError) ready |= POLL.POLLERR;
    if (this.#endOfStream && (!this.peer || this.#writingShut)) ready |= POLL.POLLHUP;
    return ready;
  }

  /** shutdown(2). */
  shutdown(how: number): number {
    if (this.state !== 'connected') return -ERRNO.ENOTCONN;
    if (how !== SHUT.SHUT_RD && !this.#writingShut) {
      this.#writingShut = true;
      if (this.line) this.line.end(false);
      else {
        this.network.tap?.ended(this);
        this.peer?.endReceived();
      }
    }
    if (how !== SHUT.SHUT_WR) this.endReceived();
    return 0;
  }

  /** SO_ERROR and the errors of read and write: told once. */
  takeError(): number {
    const error = this.pendingError;
    this.pendingError = 0;
    return error;
  }

  /** The connection stands. */
  establish(peer: Socket): void {
    this.peer = peer;
    this.state = 'connected';
    this.notify();
  }

  /** The connection failed, or was reset. @param error negative errno */
  fail(error: number): void {
    this.pendingError = error;
    this.#endOfStream = true;
    this.#peerReset = true;
    this.peer = undefined;
    if (this.state !== 'connected') this.state = 'failed';
    this.notify();
  }

  /** No more will be received: the peer has closed, or shut its writing side. */
  endReceived(): void {
    this.#endOfStream = true;
    this.notify();
  }

  /** What a line brings: as many of the bytes as there is room for. Returns how many. */
  receive(bytes: Uint8Array): number {
    const wasEmpty = this.received.length === 0;
    const taken = this.received.write(bytes, 0, bytes.length);
    if (wasEmpty) this.notify();
    return taken;
  }

  /** The other end has read, where there was no more room. */
  drained(): void {
    this.line?.deliver(this.network.links.time.nowUs());
    this.notify();
  }

  /** A line has room again. */
  wake(): void {
    this.notify();
  }

  /** The other end is gone, after all that it had sent. */
  peerClosed(): void {
    this.peer = undefined;
    this.endReceived();
  }

  /** For a listener: somebody knocks. */
  arrive(connection: Socket): void {
    this.queue.push(connection);
    this.notify();
  }

  override remember(snapshot: Snapshot): () => void {
    const { state, local, remote, pendingError, peer, line, backlog } = this;
    const [endOfStream, writingShut, peerReset] = [this.#endOfStream, this.#writingShut, this.#peerReset];
    const restores = [super.remember(snapshot), this.received.remember(), rememberArray(this.queue)];
    snapshot.add(peer);
    snapshot.add(line);
    for (const waiting of this.queue) snapshot.add(waiting);
    return () => {
      for (const restore of restores) restore();
      Object.assign(this, { state, local, remote, pendingError, peer, line, backlog });
      this.#endOfStream = endOfStream;
      this.#writingShut = writingShut;
      this.#peerReset = peerReset;
    };
  }

  protected onLastClose(): void {
    if (this.state === 'listening') {
      this.network.unlisten(this);
      for (const waiting of this.queue) {
        if (waiting.line) waiting.line.reset();
        else {
          this.network.tap?.reset(waiting);
          waiting.peer?.fail(-ERRNO.ECONNRESET);
        }
        waiting.peer = undefined;
        this.network.links.left(waiting);
      }
      this.queue.length = 0;
      return;
    }
    const { peer, line } = this;
    if (!line) this.#tellTap();
    this.peer = undefined;
    if (peer && line) {
      if (this.state === 'connecting') this.network.withdraw(peer);
      if (this.received.length > 0) line.reset();
      else line.end(true);
    } else if (peer) {
      peer.peer = undefined;
      if (this.state === 'connecting') this.network.withdraw(peer);
      // Closing with unread bytes resets the connection (RFC 2525, 2.17), as Linux does.
      if (this.received.length > 0) peer.fail(-ERRNO.ECONNRESET);
      else peer.endReceived();
    }
    this.received.clear();
    this.network.links.left(this);
    this.network.releasePort(this);
  }

  /** For whoever captures: how it ends what it has not ended before. */
  #tellTap(): void {
    const { tap } = this.network;
    if (!tap || this.state !== 'connected' || this.#peerReset) return;
    if (this.peer && this.received.length > 0) tap.reset(this);
    else if (!this.#writingShut) tap.ended(this);
  }
}
