import { readSync } from 'node:fs';
import { type BoundSocket, Socket as RealSocket } from 'node:net';
import { ERRNO, SHUT } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { type Watcher } from '../kernel/open-file.ts';
import { type Socket } from '../kernel/socket.ts';

/** Bytes moved in one piece. One buffer serves all connections and both ways: whoever gets it copies at once. */
const piece = Buffer.allocUnsafeSlow(64 * 1024);

/** What Node keeps to itself of a socket, and has kept for ten years. */
interface Handle {
  /** -1 on Windows. */
  fd?: number;
}

/**
 * Joins a real socket to one of the machine. Neither side is read faster than the other is written to, so a slow client
 * fills the server's buffers as it does natively, and a busy server the client's.
 */
export class LoopbackConnection implements Watcher {
  readonly #kernel: Kernel;
  readonly #real: RealSocket;
  readonly #virtual: Socket;
  /** What has been read from the client and not been taken; the client is not read meanwhile. */
  #held: Buffer | undefined;
  #clientEnded = false;
  #serverEnded = false;

  /**
   * Takes over both.
   *
   * @param accepted of a server with `pauseOnConnect`: nothing has been read
   * @param virtual connected, or on its way
   * @param onClose told when the real socket is closed
   */
  constructor(kernel: Kernel, accepted: RealSocket, virtual: Socket, onClose: () => void) {
    this.#kernel = kernel;
    this.#virtual = virtual;
    virtual.watch(this);
    const real = adopt(accepted, (count) => this.#deliver(piece, count));
    this.#real = real;
    real.on('end', () => this.#endOfInput());
    real.on('drain', () => this.notify());
    // A reset by the client: 'close' follows.
    real.on('error', () => real.destroy());
    real.on('close', () => {
      this.#release();
      onClose();
    });
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
    if (this.#virtual.closed) return;
    if (this.#held) this.#deliverHeld(this.#held);
    while (!this.#serverEnded && !this.#real.writableNeedDrain) {
      const count = this.#virtual.read(piece, 0, piece.length);
      if (count > 0) this.#real.write(Buffer.from(piece.subarray(0, count)));
      else if (count === -ERRNO.EAGAIN) break;
      else this.#end(count);
      if (this.#virtual.received.length === 0 && this.#virtual.peer) break;
    }
  }

  /**
   * The server keeps the thread, so Node cannot read: looks for input by hand. Answers leave all the same, because Node
   * writes to a socket at once if it can.
   */
  poll(): void {
    if (this.#held || this.#clientEnded || this.#real.isPaused()) return;
    // Without a descriptor the client waits until the server is done.
    const fd = (this.#real as { _handle?: Handle })._handle?.fd ?? -1;
    if (fd < 0) return;
    try {
      const count = readSync(fd, piece, 0, piece.length, null);
      if (count > 0) this.#deliver(piece, count);
      // An end is seen again by Node, when it is its turn.
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAGAIN' && code !== 'ECONNRESET') throw error;
    }
  }

  #deliver(bytes: Buffer, count: number): void {
    const taken = this.#virtual.write(bytes, 0, count);
    if (taken === count) return;
    if (taken < 0 && taken !== -ERRNO.EAGAIN) return; // the server has closed, and the end that it sent is on its way
    this.#held = Buffer.from(bytes.subarray(Math.max(0, taken), count));
    this.#real.pause();
  }

  #deliverHeld(bytes: Buffer): void {
    this.#held = undefined;
    this.#deliver(bytes, bytes.length);
    if (this.#held) return;
    if (this.#clientEnded) this.#virtual.shutdown(SHUT.SHUT_WR);
    else this.#real.resume();
  }

  #endOfInput(): void {
    this.#clientEnded = true;
    if (!this.#held) this.#virtual.shutdown(SHUT.SHUT_WR);
  }

  /** The server has no more to say, or has closed, with or without having read everything. */
  #end(count: number): void {
    this.#serverEnded = true;
    if (count < 0) this.#real.resetAndDestroy();
    else if (this.#virtual.peer) this.#real.end();
    else this.#real.destroySoon();
  }

  #release(): void {
    this.#virtual.unwatch(this);
    this.#virtual.release();
  }
}

/**
 * A socket in the place of an accepted one that reads into `piece`, and not into 64 KB of its own at every read: for small
 * commands that garbage was a fifth of the launcher's time. Servers do not offer the option, sockets do, so the connection
 * gets a new socket. It reads as soon as it is made.
 */
function adopt(accepted: RealSocket, onRead: (count: number) => void): RealSocket {
  const owner = accepted as { _handle?: Handle | null };
  const handle = owner._handle;
  owner._handle = null;
  const onread = {
    buffer: piece,
    callback(count: number): boolean {
      onRead(count);
      return true; // `pause` has been called if it shall stop
    },
  };
  // A handle of this kind is what sockets have always been made from; the documented one is newer.
  return new RealSocket({ handle: handle as unknown as BoundSocket, onread, allowHalfOpen: true });
}
