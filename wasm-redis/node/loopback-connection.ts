import { readSync } from 'node:fs';
import { type Socket as RealSocket } from 'node:net';
import { ERRNO, SHUT } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { type Watcher } from '../kernel/open-file.ts';
import { type Socket } from '../kernel/socket.ts';
import { adopt, descriptorOf } from './handles.ts';

/** Bytes moved in one piece. One buffer serves all connections and both ways: whoever gets it copies at once. */
const piece = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Joins a real socket to one of the machine. Neither side is read faster than the other is written to, so a slow client
 * fills the server's buffers as it does natively, and a busy server the client's.
 */
export class LoopbackConnection implements Watcher {
  readonly #kernel: Kernel;
  readonly #real: RealSocket;
  readonly #connect: () => Socket | undefined;
  #virtual: Socket | undefined;
  /** What has been read from the client and not been taken; the client is not read meanwhile. */
  #held: Buffer | undefined;
  #clientEnded = false;
  #serverEnded = false;

  /**
   * Takes over the real socket.
   *
   * @param given nothing has been read from it, see `adopt`
   * @param connect gives the virtual socket, connected or on its way, when the client first says something; undefined
   *   if nobody listens any more
   * @param onClose told when the real socket is closed
   */
  constructor(kernel: Kernel, given: RealSocket, connect: () => Socket | undefined, onClose: () => void) {
    this.#kernel = kernel;
    this.#connect = connect;
    const real = adopt(given, piece, (count) => this.#receive(count));
    this.#real = real;
    real.on('end', () => this.#endOfInput());
    real.on('drain', () => this.notify());
    // A reset by the client: 'close' follows.
    real.on('error', () => real.destroy());
    real.on('close', () => {
      this.#virtual?.unwatch(this);
      this.#virtual?.release();
      onClose();
    });
  }

  /** Connects to the server without waiting for the client to speak. */
  open(): void {
    this.#virtual ??= this.#connect();
    if (this.#virtual) this.#virtual.watch(this);
    else this.#real.resetAndDestroy();
  }

  /** Closes the connection once the client has got what was written to it. */
  close(): void {
    this.#real.destroySoon();
  }

  /** The virtual socket can be read, or written to again. */
  notify(): void {
    this.#kernel.flushSoon(this);
  }

  /** Moves what can be moved. */
  flush(): void {
    const virtual = this.#virtual;
    if (!virtual || virtual.closed) return;
    if (this.#held) this.#deliverHeld(virtual, this.#held);
    while (!this.#serverEnded && !this.#real.writableNeedDrain) {
      const count = virtual.read(piece, 0, piece.length);
      if (count > 0) this.#real.write(Buffer.from(piece.subarray(0, count)));
      else if (count === -ERRNO.EAGAIN) break;
      else this.#end(count, virtual.peer === undefined);
      if (virtual.received.length === 0 && virtual.peer) break;
    }
  }

  /**
   * The server keeps the thread, so Node cannot read: looks for input by hand. Answers leave all the same, because Node
   * writes to a socket at once if it can.
   */
  poll(): void {
    if (this.#held || this.#clientEnded || this.#real.isPaused()) return;
    // Without a descriptor the client waits until the server is done.
    const fd = descriptorOf(this.#real);
    if (fd < 0) return;
    try {
      const count = readSync(fd, piece, 0, piece.length, null);
      if (count > 0) this.#receive(count);
      // An end is seen again by Node, when it is its turn.
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN' && code !== 'ECONNRESET') throw error;
    }
  }

  /** So many bytes are in `piece`. */
  #receive(count: number): void {
    if (!this.#virtual) this.open();
    if (this.#virtual) this.#deliver(this.#virtual, piece, count);
  }

  #deliver(virtual: Socket, bytes: Buffer, count: number): void {
    const taken = virtual.write(bytes, 0, count);
    if (taken === count) return;
    if (taken < 0 && taken !== -ERRNO.EAGAIN) return; // the server has closed, and the end that it sent is on its way
    this.#held = Buffer.from(bytes.subarray(Math.max(0, taken), count));
    this.#real.pause();
  }

  #deliverHeld(virtual: Socket, bytes: Buffer): void {
    this.#held = undefined;
    this.#deliver(virtual, bytes, bytes.length);
    if (this.#held) return;
    if (this.#clientEnded) virtual.shutdown(SHUT.SHUT_WR);
    else this.#real.resume();
  }

  #endOfInput(): void {
    this.#clientEnded = true;
    if (!this.#virtual) this.#real.end();
    else if (!this.#held) this.#virtual.shutdown(SHUT.SHUT_WR);
  }

  /** The server has no more to say, or has closed, with (negative count) or without leaving something unread. */
  #end(count: number, closed: boolean): void {
    this.#serverEnded = true;
    if (count < 0) this.#real.resetAndDestroy();
    else if (closed) this.#real.destroySoon();
    else this.#real.end();
  }
}
