import { ERRNO } from '../build/abi.ts';
import { MachineError } from '../machine.ts';
import { type OpenFile, type Watcher } from './open-file.ts';
import { OutputSink, type SinkListener } from './output-sink.ts';
import type { Socket } from './socket.ts';

/** Bytes moved from a socket to its listener in one piece. */
const PIECE_BYTES = 64 * 1024;

/**
 * A client outside of the machine with a socket inside: what `Machine.connect` gives. Received bytes go to a listener
 * as fast as it consumes them; sent ones wait their turn where the socket is full.
 */
export class Connection implements Watcher {
  readonly socket: Socket;
  readonly #sink: OutputSink;
  readonly #onEnd: () => void;
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #unsent: { bytes: Uint8Array; sent: number; done: () => void; fail: (error: Error) => void }[] = [];
  #ended = false;

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
      if (count > 0) this.#sink.write(this.#piece, 0, count);
      else if (count === -ERRNO.EAGAIN) break;
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
      this.#sendMore();
    });
  }

  close(): void {
    if (this.socket.closed) return;
    this.socket.unwatch(this);
    this.socket.release();
    for (const { fail } of this.#unsent)
      fail(new MachineError('EPIPE', 'The connection was closed before all was sent.'));
    this.#unsent = [];
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
