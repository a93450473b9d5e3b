import { ERRNO, POLL } from '../build/abi.ts';
import { OpenFile } from './open-file.ts';
import { OutputSink, type SinkListener } from './output-sink.ts';
import type { Snapshot } from './snapshot.ts';

/** Standard output or error of a process without a terminal: a pipe whose reader is outside of the machine. */
export class OutputFile extends OpenFile {
  readonly type = 'stream';
  readonly sink: OutputSink;
  readonly #onPending: (sink: OutputSink) => void;

  constructor(listener: SinkListener | undefined, onPending: (sink: OutputSink) => void) {
    super();
    this.sink = new OutputSink(listener, () => this.notify());
    this.#onPending = onPending;
  }

  read(): number {
    return -ERRNO.EBADF;
  }
  write(from: Uint8Array, start: number, count: number): number {
    if (this.sink.full) return -ERRNO.EAGAIN;
    if (!this.sink.pending) this.#onPending(this.sink);
    const taken = Math.min(count, this.sink.space);
    this.sink.write(from, start, taken);
    return taken;
  }
  readiness(): number {
    return this.sink.full ? 0 : POLL.POLLOUT;
  }
  protected onLastClose(): void {}

  override remember(snapshot: Snapshot): () => void {
    snapshot.add(this.sink);
    return super.remember(snapshot);
  }
}
