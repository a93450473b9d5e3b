import { ERRNO, POLL } from '../build/abi.ts';
import { ByteQueue } from './byte-queue.ts';
import { OpenFile } from './open-file.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** Linux's default: 16 pages. */
const PIPE_BYTES = 64 * 1024;

/** What the two ends of a pipe share. */
class PipeBuffer implements Part {
  readonly queue: ByteQueue;
  reader: PipeReader | undefined;
  writer: PipeWriter | undefined;
  constructor(limit: number) {
    this.queue = new ByteQueue(limit);
  }

  remember(snapshot: Snapshot): () => void {
    const { reader, writer } = this;
    snapshot.add(reader);
    snapshot.add(writer);
    const restoreQueue = this.queue.remember();
    return () => {
      this.reader = reader;
      this.writer = writer;
      restoreQueue();
    };
  }
}

/**
 * @param bounded false where the reader cannot run until the writer has ended: a forked child writes all it has to say
 *   before its parent goes on, so a full pipe would never drain. A program's own pipes are of this kind.
 */
export function createPipe(bounded: boolean): [PipeReader, PipeWriter] {
  const buffer = new PipeBuffer(bounded ? PIPE_BYTES : Infinity);
  return [(buffer.reader = new PipeReader(buffer)), (buffer.writer = new PipeWriter(buffer))];
}

export class PipeReader extends OpenFile {
  readonly type = 'stream';
  readonly #buffer: PipeBuffer;
  constructor(buffer: PipeBuffer) {
    super();
    this.#buffer = buffer;
  }
  /** Whether anybody could still write. */
  get hasWriter(): boolean {
    return this.#buffer.writer !== undefined;
  }
  /** Bytes that a read would get now. */
  get available(): number {
    return this.#buffer.queue.length;
  }
  /** For the other end: there is something to read, or nobody writes any more. */
  wake(): void {
    this.notify();
  }
  read(into: Uint8Array, start: number, count: number): number {
    const { queue, writer } = this.#buffer;
    if (queue.length === 0) return writer ? -ERRNO.EAGAIN : 0;
    const wasFull = queue.space <= 0;
    const taken = queue.read(into, start, count);
    if (wasFull) writer?.wake();
    return taken;
  }
  write(): number {
    return -ERRNO.EBADF;
  }
  readiness(): number {
    if (this.#buffer.queue.length > 0) return POLL.POLLIN;
    return this.#buffer.writer ? 0 : POLL.POLLHUP;
  }
  protected onLastClose(): void {
    this.#buffer.reader = undefined;
    this.#buffer.writer?.wake();
  }

  override remember(snapshot: Snapshot): () => void {
    snapshot.add(this.#buffer);
    return super.remember(snapshot);
  }
}

export class PipeWriter extends OpenFile {
  readonly type = 'stream';
  readonly #buffer: PipeBuffer;
  /** Takes what is written, in the place of the pipe: a child writes at a time that has not come for its parent. */
  divert: ((bytes: Uint8Array) => void) | undefined;
  constructor(buffer: PipeBuffer) {
    super();
    this.#buffer = buffer;
  }
  /** For the other end: there is space again, or nobody reads any more. */
  wake(): void {
    this.notify();
  }
  read(): number {
    return -ERRNO.EBADF;
  }
  write(from: Uint8Array, start: number, count: number): number {
    if (!this.divert || !this.#buffer.reader) return this.put(from, start, count);
    this.divert(from.slice(start, start + count));
    return count;
  }
  /** Writes, whatever is diverted just now. */
  put(from: Uint8Array, start: number, count: number): number {
    const { queue, reader } = this.#buffer;
    if (!reader) return -ERRNO.EPIPE;
    const taken = queue.write(from, start, count);
    if (taken === 0 && count > 0) return -ERRNO.EAGAIN;
    reader.wake();
    return taken;
  }
  readiness(): number {
    if (!this.#buffer.reader) return POLL.POLLERR;
    return this.#buffer.queue.space > 0 ? POLL.POLLOUT : 0;
  }
  protected onLastClose(): void {
    this.#buffer.writer = undefined;
    this.#buffer.reader?.wake();
  }

  override remember(snapshot: Snapshot): () => void {
    snapshot.add(this.#buffer);
    return super.remember(snapshot);
  }
}
