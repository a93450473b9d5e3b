import { readSync, writeSync } from 'node:fs';
import { type OnReadOpts, type Socket as RealSocket } from 'node:net';
import { ERRNO, SHUT } from '../build/abi.ts';
import { type Kernel } from '../kernel/kernel.ts';
import { type Watcher } from '../kernel/open-file.ts';
import { type Socket } from '../kernel/socket.ts';
import { descriptorOf } from './handles.ts';
import { errnoOf } from './host-errors.ts';

/** Bytes moved in one piece. One buffer serves all connections and both ways: whoever gets it copies at once. */
const piece = Buffer.allocUnsafeSlow(64 * 1024);
const NOTHING = Buffer.alloc(0);
/** More than a server reads at once: it gets to work on this before Node looks at the next client, for about so long. */
const MUCH_BYTES = 16 * 1024;
const SLICE_MS = 8;

/** The two ends that are joined. */
export interface Ends {
  /** The real socket, made to read as it is told. It may be on its way still. */
  real: (onread: OnReadOpts) => RealSocket;
  /**
   * The virtual socket, connected or on its way, asked for when the real side first says something; undefined if nobody
   * listens any more.
   */
  virtual: () => Socket | undefined;
  /** For a real socket that was on its way: it is there (0), or will not come (negative errno). */
  onArrival?: (error: number, real: RealSocket) => void;
  /** The real socket is closed. */
  onClose: () => void;
}

/**
 * Joins a real socket to one of the machine. Neither side is read faster than the other is written to, so a slow peer
 * fills the buffers of the other side as it does natively.
 */
export class LoopbackConnection implements Watcher {
  readonly #kernel: Kernel;
  readonly #real: RealSocket;
  readonly #ends: Ends;
  #virtual: Socket | undefined;
  /** Whether the real socket is connected, as far as is known; undefined once it could not be. */
  #standing: boolean | undefined;
  /** What has been read from the real side and not been taken; it is not read meanwhile. */
  #held: Buffer | undefined;
  /** What a write by hand has left. */
  #unsent: Buffer = NOTHING;
  /** Looked at again in the next turn of Node's event loop. */
  #returning = false;
  #realEnded = false;
  #virtualEnded = false;

  /** Takes over the real socket, from which nothing has been read. */
  constructor(kernel: Kernel, ends: Ends) {
    this.#kernel = kernel;
    this.#ends = ends;
    this.#standing = ends.onArrival === undefined;
    const real = ends.real({
      buffer: piece,
      callback: (count) => {
        this.#receive(count);
        return true; // `pause` has been called if it shall stop
      },
    });
    this.#real = real;
    real.on('connect', () => this.#arrive(0));
    real.on('end', () => this.#endOfInput());
    real.on('drain', () => this.notify());
    real.on('error', (error) => this.#fail(error));
    real.on('close', () => {
      this.#virtual?.unwatch(this);
      this.#virtual?.release();
      ends.onClose();
    });
  }

  /** Asks for the virtual socket without waiting for the real side to speak. */
  open(): void {
    this.#virtual ??= this.#ends.virtual();
    if (this.#virtual) this.#virtual.watch(this);
    else this.#real.resetAndDestroy();
  }

  /** Closes the connection once the real side has got what was written to it. */
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
    if (!this.#standing) {
      if (!virtual.peer) this.#real.destroy(); // the process did not wait for it
    } else if (this.#kernel.scheduler.inProcess) {
      this.#sendByHand(descriptorOf(this.#real));
      // The rest, and an end, are for when the process has given the thread back.
      if (!this.#returning) setImmediate(() => this.#return());
      this.#returning = true;
    } else this.#send(virtual);
  }

  #return(): void {
    this.#returning = false;
    this.notify();
  }

  /**
   * A process keeps the thread, in a script or in a call that waits, so Node's events do not come: moves by hand what can be
   * moved. Returns whether anything was.
   */
  poll(): boolean {
    // Without a descriptor the real side waits until the process is done.
    const fd = descriptorOf(this.#real);
    if (fd < 0) return false;
    if (this.#standing === undefined) return false;
    if (!this.#standing) {
      const error = counted(() => writeSync(fd, NOTHING));
      if (error === -ERRNO.EAGAIN) return false;
      this.#arrive(Math.min(0, error));
      return true;
    }
    const sent = this.#sendByHand(fd);
    if (this.#held || this.#realEnded || this.#real.isPaused()) return sent;
    const count = counted(() => readSync(fd, piece, 0, piece.length, null));
    if (count === -ERRNO.EAGAIN) return sent;
    if (count > 0) this.#receive(count);
    else if (count === 0) this.#endOfInput();
    else this.#reset(count);
    return true;
  }

  #send(virtual: Socket): void {
    if (this.#unsent.length > 0) this.#real.write(this.#unsent);
    this.#unsent = NOTHING;
    while (!this.#virtualEnded && !this.#real.writableNeedDrain) {
      const count = virtual.read(piece, 0, piece.length);
      if (count > 0) this.#real.write(Buffer.from(piece.subarray(0, count)));
      else if (count === -ERRNO.EAGAIN) break;
      else this.#end(count, virtual.peer === undefined);
      if (virtual.received.length === 0 && virtual.peer) break;
    }
  }

  /** Writes past Node's own buffer, unless there is something in it. An end is left for Node. */
  #sendByHand(fd: number): boolean {
    const virtual = this.#virtual;
    if (!virtual || this.#virtualEnded || fd < 0 || this.#real.writableLength > 0) return false;
    for (let moved = false; ; moved = true) {
      if (this.#unsent.length === 0 && virtual.received.length > 0)
        this.#unsent = Buffer.from(piece.subarray(0, virtual.read(piece, 0, piece.length)));
      if (this.#unsent.length === 0) return moved;
      const bytes = this.#unsent;
      const written = counted(() => writeSync(fd, bytes));
      if (written <= 0) return moved; // a reset is found by reading
      this.#unsent = bytes.subarray(written);
    }
  }

  /** So many bytes are in `piece`. */
  #receive(count: number): void {
    if (!this.#standing) this.#arrive(0);
    if (!this.#virtual) this.open();
    if (!this.#virtual) return;
    this.#deliver(this.#virtual, piece, count);
    // Natively the server has begun to read this before the next client has sent its request, which may ask about it.
    const { scheduler } = this.#kernel;
    if (count <= MUCH_BYTES || scheduler.inProcess) return;
    scheduler.runSlice(SLICE_MS);
    this.#kernel.flush();
  }

  #deliver(virtual: Socket, bytes: Buffer, count: number): void {
    const taken = virtual.write(bytes, 0, count);
    if (taken === count) return;
    if (taken < 0 && taken !== -ERRNO.EAGAIN) return; // the process has closed, and the end that it sent is on its way
    this.#held = Buffer.from(bytes.subarray(Math.max(0, taken), count));
    this.#real.pause();
  }

  #deliverHeld(virtual: Socket, bytes: Buffer): void {
    this.#held = undefined;
    this.#deliver(virtual, bytes, bytes.length);
    if (this.#held) return;
    if (this.#realEnded) virtual.shutdown(SHUT.SHUT_WR);
    else this.#real.resume();
  }

  #arrive(error: number): void {
    if (this.#standing !== false) return;
    this.#standing = error === 0 || undefined;
    this.#ends.onArrival?.(error, this.#real);
    if (error) this.#real.destroy();
    else this.notify();
  }

  #fail(error: Error): void {
    if (this.#standing) this.#reset(-ERRNO.ECONNRESET);
    else this.#arrive(errnoOf(error));
  }

  /** The real side has broken the connection off. */
  #reset(error: number): void {
    this.#virtual?.peer?.fail(error);
    this.#real.destroy();
  }

  #endOfInput(): void {
    if (this.#realEnded) return;
    this.#realEnded = true;
    if (!this.#virtual) this.#real.end();
    else if (!this.#held) this.#virtual.shutdown(SHUT.SHUT_WR);
  }

  /** The process has no more to say, or has closed, with (negative count) or without leaving something unread. */
  #end(count: number, closed: boolean): void {
    this.#virtualEnded = true;
    if (count < 0) this.#real.resetAndDestroy();
    else if (closed && this.#real.writableLength > 0) this.#real.destroySoon();
    // At once: whoever gets the reply to CLIENT KILL may ask the other side next.
    else if (closed) this.#real.destroy();
    else this.#real.end();
  }
}

function counted(action: () => number): number {
  try {
    return action();
  } catch (error) {
    return errnoOf(error);
  }
}
