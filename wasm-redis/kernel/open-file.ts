import { ERRNO, POLL } from '../build/abi.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** Told when a file may have become readable or writable. A hint: whoever is told looks again. */
export interface Watcher {
  notify(file: OpenFile): void;
}

/**
 * An open file description (POSIX): what descriptors point to, shared by dup() and fork(). Files, pipes, sockets,
 * terminals, devices and epoll instances are its kinds.
 *
 * `read` and `write` never wait. They return a count or a negative errno, `-EAGAIN` where a blocking descriptor would
 * wait; waiting is the business of `Process.wait`.
 */
export abstract class OpenFile implements Part {
  /** wasi filetype and the S_IF bits of fstat(2). */
  abstract readonly type: 'file' | 'directory' | 'character' | 'stream' | 'socket';
  nonblocking = false;
  /** For how long a blocking read or write waits, microseconds: a socket's SO_RCVTIMEO and SO_SNDTIMEO. */
  readLimitUs = Infinity;
  writeLimitUs = Infinity;
  #references = 1;
  #watchers: Watcher[] = [];

  abstract read(into: Uint8Array, start: number, count: number): number;
  abstract write(from: Uint8Array, start: number, count: number): number;
  /** What poll(2) would say: POLLIN, POLLOUT, POLLERR, POLLHUP. */
  abstract readiness(): number;
  /** The last descriptor is gone. */
  protected abstract onLastClose(): void;

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references > 0) return;
    if (this.#references < 0) throw new Error(`A ${this.type} was closed more often than it was opened.`);
    this.onLastClose();
    this.notify();
    this.#watchers = [];
  }

  get closed(): boolean {
    return this.#references <= 0;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  unwatch(watcher: Watcher): void {
    const at = this.#watchers.indexOf(watcher);
    if (at >= 0) this.#watchers.splice(at, 1);
  }

  /** A kind with fields of its own remembers these as well. */
  remember(_snapshot: Snapshot): () => void {
    const { nonblocking, readLimitUs, writeLimitUs } = this;
    const references = this.#references;
    const watchers = [...this.#watchers];
    return () => {
      Object.assign(this, { nonblocking, readLimitUs, writeLimitUs });
      this.#references = references;
      this.#watchers = [...watchers];
    };
  }

  protected notify(): void {
    const watchers = this.#watchers;
    if (watchers.length === 0) return;
    if (watchers.length === 1) watchers[0]!.notify(this);
    else for (const watcher of [...watchers]) watcher.notify(this);
  }
}

/** /dev/null and /dev/zero's quiet relative: reads give nothing, writes vanish. */
export class NullDevice extends OpenFile {
  readonly type = 'character';
  read(): number {
    return 0;
  }
  write(_from: Uint8Array, _start: number, count: number): number {
    return count;
  }
  readiness(): number {
    return POLL.POLLIN | POLL.POLLOUT;
  }
  protected onLastClose(): void {}
}

/** /dev/urandom and /dev/random. */
export class RandomDevice extends OpenFile {
  readonly type = 'character';
  readonly #fill: (into: Uint8Array) => void;
  constructor(fill: (into: Uint8Array) => void) {
    super();
    this.#fill = fill;
  }
  read(into: Uint8Array, start: number, count: number): number {
    this.#fill(into.subarray(start, start + count));
    return count;
  }
  write(): number {
    return -ERRNO.EPERM;
  }
  readiness(): number {
    return POLL.POLLIN;
  }
  protected onLastClose(): void {}
}
