/** Where a program's input comes from. */
export interface Source {
  /** Whether somebody types it. */
  readonly terminal: boolean;
  /** All of it, where that is known without waiting. */
  readonly whole?: Uint8Array;
  /** The next bytes; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Gives back what was read and not used. */
  unread(bytes: Uint8Array): void;
  /** Nobody reads any more. */
  close(): void;
}

/** Where a program's output goes. */
export interface Sink {
  /** Whether somebody sees it. */
  readonly terminal: boolean;
  /** Resolves when more may come. Rejects with `BrokenPipe` if nobody reads it any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Nothing more comes. */
  close(): void;
}

/** Nobody reads any more what was written. */
export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}

/** Linux's default. */
const PIPE_BYTES = 64 * 1024;

/** Joins the output of one program to the input of another; a writer waits while the pipe is full. */
export class Pipe {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #ended = false;
  #broken = false;
  #changed: (() => void)[] = [];

  readonly source: Source = {
    terminal: false,
    read: async () => {
      while (this.#chunks.length === 0 && !this.#ended && !this.#broken) await this.#change();
      const chunk = this.#chunks.shift();
      this.#bytes -= chunk?.length ?? 0;
      this.#wake();
      return chunk;
    },
    unread: (bytes) => {
      if (bytes.length === 0) return;
      this.#chunks.unshift(bytes);
      this.#bytes += bytes.length;
    },
    close: () => {
      this.#broken = true;
      this.#wake();
    },
  };

  readonly sink: Sink = {
    terminal: false,
    write: async (bytes) => {
      if (this.#broken) throw new BrokenPipe();
      if (bytes.length === 0 || this.#ended) return;
      this.#chunks.push(bytes);
      this.#bytes += bytes.length;
      this.#wake();
      while (this.#bytes > PIPE_BYTES && !this.#broken) await this.#change();
    },
    close: () => {
      this.#ended = true;
      this.#wake();
    },
  };

  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

/** Bytes that are all there. */
export function bytesSource(bytes: Uint8Array): Source {
  let left: Uint8Array | undefined = bytes.length > 0 ? bytes : undefined;
  return {
    terminal: false,
    get whole() {
      return left ?? new Uint8Array();
    },
    read: async () => {
      const next = left;
      left = undefined;
      return next;
    },
    unread: (rest) => {
      if (rest.length > 0) left = rest;
    },
    close: () => {
      left = undefined;
    },
  };
}

/** Takes everything and keeps nothing: /dev/null. */
export const NOWHERE: Sink = { terminal: false, write: async () => undefined, close: () => undefined };

/** Keeps what is written: the output of `$(...)`. */
export class Collector implements Sink {
  readonly terminal = false;
  readonly #chunks: Uint8Array[] = [];

  async write(bytes: Uint8Array): Promise<void> {
    this.#chunks.push(bytes);
  }

  close(): void {}

  get bytes(): Uint8Array {
    return concatenate(this.#chunks);
  }
}

/** One array of all bytes. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
