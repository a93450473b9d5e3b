import { ERRNO } from '../build/abi.ts';
import { MachineError } from '../machine.ts';
import { type OpenFile, type Watcher } from './open-file.ts';
import { OutputSink, type SinkListener } from './output-sink.ts';
import type { Part, Snapshot } from './snapshot.ts';
import type { Socket } from './socket.ts';

/** Bytes moved from a socket to its listener in one piece. */
const PIECE_BYTES = 64 * 1024;

/**
 * A client outside of the machine with a socket inside: what `Machine.connect` gives. Received bytes go to a listener
 * as fast as it consumes them; sent ones wait their turn where the socket is full.
 */
export class Connection implements Watcher, Part {
  readonly socket: Socket;
  readonly #sink: OutputSink;
  readonly #onEnd: () => void;
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #unsent: { bytes: Uint8Array; sent: number; done: () => void; fail: (error: Error) => void }[] = [];
  /** Bytes have passed between the save that was put back and the restore. */
  #moved = false;
  #ended = false;
  /** The listener knows that this is over, and nothing takes that back. */
  #told = false;
  /** Bytes given to `send`, and bytes handed on: where the outside is. */
  #sentBytes = 0;
  #receivedBytes = 0;

  /** Takes over the socket. @param onPending called when there is something to flush */
  constructor(socket: Socket, listener: SinkListener, onPending: (connection: Connection) => void, onEnd: () => void) {
    this.socket = socket;
    this.#onEnd = onEnd;
    this.#sink = new OutputSink(listener, () => this.notify());
    this.#onPending = onPending;
    socket.watch(this);
  }
  readonly #onPending: (connection: Connection) => void;

  notify(_file?: OpenFile): void {
    this.#onPending(this);
  }

  /** Moves what can be moved, both ways. */
  flush(): void {
    while (!this.#sink.full && !this.#ended) {
      const count = this.socket.read(this.#piece, 0, PIECE_BYTES);
      if (count > 0) {
        this.#sink.write(this.#piece, 0, count);
        this.#receivedBytes += count;
      } else if (count === -ERRNO.EAGAIN) break;
      else this.#ended = true; // the end, or a reset: nothing more will come
    }
    this.#sink.flush();
    if (this.#ended) this.close();
    else this.#sendMore();
  }

  /** Resolves when the socket has taken all bytes. Rejects with `MachineError` EPIPE if the peer is gone. */
  send(bytes: Uint8Array): Promise<void> {
    return new Promise((done, fail) => {
      this.#unsent.push({ bytes, sent: 0, done, fail });
      this.#sentBytes += bytes.length;
      this.#sendMore();
    });
  }

  close(): void {
    if (this.socket.closed) return;
    this.socket.unwatch(this);
    this.socket.release();
    this.#over();
  }

  /** The machine has been put back to a time at which this connection was not there. */
  forget(): void {
    this.#over();
  }

  remember(snapshot: Snapshot): () => void {
    snapshot.add(this.socket);
    snapshot.add(this.#sink);
    const unsent = this.#unsent.map((entry) => ({ entry, sent: entry.sent }));
    const [ended, sentBytes, receivedBytes] = [this.#ended, this.#sentBytes, this.#receivedBytes];
    return () => {
      const waiting = new Set(unsent.map(({ entry }) => entry));
      for (const entry of this.#unsent) if (!waiting.has(entry)) entry.fail(takenBack());
      this.#unsent = unsent.map(({ entry, sent }) => Object.assign(entry, { sent }));
      this.#ended = ended;
      this.#moved = this.#sentBytes !== sentBytes || this.#receivedBytes !== receivedBytes;
      this.#sentBytes = sentBytes;
      this.#receivedBytes = receivedBytes;
    };
  }

  /**
   * After a restore: goes on if it can. The end outside is not put back, so a connection on which something has passed
   * since the save is closed, unless its owner can go back too. Returns whether it goes on.
   */
  resume(rewindable: boolean): boolean {
    const over = this.#told || (this.#moved && !rewindable);
    if (over) this.close();
    else this.notify();
    return !over;
  }

  #over(): void {
    for (const { fail } of this.#unsent)
      fail(new MachineError('EPIPE', 'The connection was closed before all was sent.'));
    this.#unsent = [];
    if (this.#told) return;
    this.#told = true;
    this.#onEnd();
  }

  #sendMore(): void {
    for (let next = this.#unsent[0]; next; next = this.#unsent[0]) {
      while (next.sent < next.bytes.length) {
        const count = this.socket.write(next.bytes, next.sent, next.bytes.length - next.sent);
        if (count === -ERRNO.EAGAIN) return;
        if (count < 0) {
          next.fail(new MachineError('EPIPE', 'The server has closed the connection.'));
          break;
        }
        next.sent += count;
      }
      next.done();
      this.#unsent.shift();
    }
  }
}

/** The reason of a promise that waited for something which has not happened now. */
export function takenBack(): MachineError {
  return new MachineError('ERESTORED', 'The machine was put back to an earlier time.');
}
