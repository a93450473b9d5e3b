import { type Signal } from '../machine.ts';
import { SOCKET_BUFFER_BYTES } from '../kernel/socket.ts';

/** What the two threads of the launcher tell each other about connections. Numbered by the network's thread. */
export const FRAME = {
  /** A client has come to a listener, the argument; its address is the bytes. */
  OPEN: 1,
  DATA: 2,
  /** No more bytes will come. The argument is `GONE` if whoever said so has closed the connection altogether. */
  END: 3,
  /** The connection is gone, without regard to bytes on their way. */
  CLOSE: 4,
  /** So many bytes of those received have been passed on: the other side may send as many more. */
  CREDIT: 5,
  /** The argument is an index of `SIGNALS`. */
  SIGNAL: 6,
} as const;

export const GONE = 1;

/** What is passed on to the server. */
export const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const satisfies readonly Signal[];

/** Bytes of one connection and direction that may be on their way between the threads: what its virtual socket can hold. */
export const WINDOW_BYTES = SOCKET_BUFFER_BYTES;
/** Credit is given in large pieces: an exchange of small commands costs no frames beside its own. */
export const CREDIT_BYTES = WINDOW_BYTES / 2;

/** All connections together, each way. */
export const RING_BYTES = 8 * 1024 * 1024;

/** Where the server wants to listen. */
export type ListenAddress = { kind: 'tcp'; port: number } | { kind: 'unix'; path: string };

/** What the server's thread posts. Frames that it wrote before have to be read first. */
export type ThreadMessage =
  | { type: 'frames' }
  | { type: 'listen'; listener: number; address: ListenAddress }
  | { type: 'unlisten'; listener: number }
  | { type: 'exit'; code: number; reason?: string };

/** What the server's thread is started with. */
export interface ThreadOptions {
  /** After the program's name. */
  arguments: readonly string[];
  workingDirectory: string;
  /** Standard input, for `redis-server -`. */
  input: Uint8Array;
  /** `SharedArrayBuffer`s of frames: to the server's thread, and from it. */
  toServer: SharedArrayBuffer;
  toNetwork: SharedArrayBuffer;
  /** A word, 1 while a 'frames' message is on its way. */
  announced: SharedArrayBuffer;
}
