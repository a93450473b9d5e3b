import { readSync } from 'node:fs';
import { Socket } from 'node:net';
import { ERRNO, POLL } from '../build/abi.ts';
import { OpenFile } from '../kernel/open-file.ts';
import { errnoOf } from './host-errors.ts';
import { sleep } from './standard-output.ts';

const PAUSE_MS = 5;
/** Read ahead of the program, as the C library does. */
const PIECE_BYTES = 4096;

/**
 * Standard input for a program that cannot be suspended: a read keeps the thread until something comes, as it keeps a
 * native one. For others if it is a file or /dev/null, where it never waits.
 */
export class BlockingInput extends OpenFile {
  readonly type = 'stream';

  read(into: Uint8Array, start: number, count: number): number {
    for (;;) {
      try {
        return readSync(0, into, start, count, null);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EOF') return 0;
        if (code !== 'EAGAIN') return errnoOf(error);
        sleep(PAUSE_MS);
      }
    }
  }

  write(): number {
    return 0;
  }

  readiness(): number {
    return POLL.POLLIN;
  }

  protected onLastClose(): void {}
}

/** A pipe or a socket as standard input of a program that is suspended while it waits. It is read from when the program first asks, and a piece at a time. */
export class StreamInput extends OpenFile {
  readonly type = 'stream';
  #stream: Socket | undefined;
  #piece: Buffer = Buffer.alloc(0);
  #ended = false;

  read(into: Uint8Array, start: number, count: number): number {
    if (this.#piece.length > 0) {
      const taken = this.#piece.copy(into, start, 0, count);
      this.#piece = this.#piece.subarray(taken);
      return taken;
    }
    if (this.#ended) return 0;
    this.#ask();
    return -ERRNO.EAGAIN;
  }
  write(): number {
    return -ERRNO.EBADF;
  }
  readiness(): number {
    if (this.#piece.length > 0 || this.#ended) return POLL.POLLIN;
    this.#ask();
    return 0;
  }
  protected onLastClose(): void {
    this.#stream?.destroy();
  }

  #ask(): void {
    if (this.#stream) this.#stream.resume();
    else this.#stream = this.#open();
  }

  #open(): Socket {
    const buffer = Buffer.alloc(PIECE_BYTES);
    const callback = (count: number): boolean => {
      this.#piece = Buffer.from(buffer.subarray(0, count));
      stream.pause();
      this.notify();
      return true;
    };
    const stream = new Socket({ fd: 0, writable: false, onread: { buffer, callback } });
    const end = (): void => {
      this.#ended = true;
      this.notify();
    };
    return stream.on('end', end).on('error', end);
  }
}
