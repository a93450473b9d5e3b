import { type Reply } from './reply.ts';

/** One of the two servers that get the same commands. */
export interface Contender {
  readonly name: 'native' | 'wasm';
  /** Closes the clients of before and opens new ones. Client ids, as the server knows them, are at the same index. */
  open(count: number): Promise<readonly string[]>;
  /** Writes bytes to a client's connection, without waiting for anything. */
  send(client: number, bytes: Buffer): void;
  /** Resolves when the server has executed all that was sent and could be executed, and its replies are here. */
  settled(): Promise<void>;
  /** Replies of a client since it was opened; `CLOSED` is the last once the server has closed. */
  replies(client: number): readonly Reply[];
  /** Lets time pass: real time for native, the machine's for ours. */
  wait(ms: number): Promise<void>;
  /** Both clocks show the same, to a few milliseconds. */
  setClock(nowMs: number): Promise<void>;
  /** A command from a connection of its own, which no sequence can disturb. */
  ask(...args: string[]): Promise<Reply>;
  /** The files of the server's folder, by their path in it. */
  files(): Promise<Files>;
  stop(): Promise<void>;
}

export type Files = ReadonlyMap<string, Uint8Array>;
export const NO_FILES: Files = new Map();

/** Options that both servers get. Each makes something comparable that would depend on time, memory or the disk. */
export const SERVER_OPTIONS: readonly string[] = [
  // Nothing is saved but at a command.
  ...['--save', '', '--appendonly', 'no'],
  // DEBUG DIGEST, and the other DEBUG commands.
  ...['--enable-debug-command', 'yes'],
  // A 32-bit server sets itself a limit of 3 GB.
  ...['--maxmemory', '1gb', '--maxmemory-policy', 'noeviction'],
  // No string of half a gigabyte: SETRANGE and SETBIT would make one at once, and the limit is tested as well at 1 MB.
  ...['--proto-max-bulk-len', '1mb'],
  // A command is slow or not by the computer's mood.
  ...['--slowlog-log-slower-than', '-1', '--latency-monitor-threshold', '0'],
];

/** A command as bytes; its text is latin1. */
export function encode(args: readonly string[]): Buffer {
  const parts = args.map((arg) => `$${arg.length}\r\n${arg}\r\n`);
  return Buffer.from(`*${args.length}\r\n${parts.join('')}`, 'latin1');
}
