import type { HostAddress } from './network.ts';
import type { TerminalId } from './terminals.ts';

export type Pid = number;
export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGKILL' | 'SIGUSR1' | 'SIGTERM' | 'SIGCONT' | 'SIGSTOP';
export type StdioListener = (bytes: Uint8Array, stream: 'stdout' | 'stderr') => void | Promise<void>;

/** Programs by the name a shell would call them. */
export const PROGRAMS = [
  'redis-server',
  'redis-sentinel',
  'redis-cli',
  'redis-benchmark',
  'redis-check-rdb',
  'redis-check-aof',
] as const;
export type ProgramName = (typeof PROGRAMS)[number];

export interface SpawnOptions {
  /** `argv[0]` is a `ProgramName`. */
  argv: readonly [ProgramName, ...string[]];
  /**
   * The host that it runs on, by its IPv4 address; it is made if there is none. Each host has a loopback of its own, and
   * all share the file system. Default: the machine's own host, `127.0.0.1` to itself and 10.0.0.254 to others.
   */
  host?: HostAddress;
  /** Default `{ HOME: '/root', TERM: 'xterm-256color' }`. */
  env?: Readonly<Record<string, string>>;
  /** Default `/data`. Made if it does not exist. */
  cwd?: string;
  /** Standard input, output and error are this terminal. */
  terminal?: TerminalId;
  /** Without a terminal: the whole input, or `'open'` for `writeStdin`. Default: empty. */
  stdin?: Uint8Array | 'open';
  /** Without a terminal: gets standard output and error. Output without a listener is dropped. */
  onOutput?: StdioListener;
}

/** How a process ended: by exit(code), by a signal, or because its code trapped. */
export type ExitStatus =
  | { kind: 'exit'; code: number }
  | { kind: 'signal'; signal: Signal | 'SIGABRT' | 'SIGSEGV' | 'SIGPIPE' }
  | { kind: 'trap'; message: string };

export interface ProcessInfo {
  pid: Pid;
  argv: readonly string[];
  host: HostAddress;
  state: 'running' | 'ready' | 'waiting' | 'stopped';
  /** Linear memory in bytes. */
  memoryBytes: number;
  listening: readonly number[];
  /** The open terminal that is among its files. */
  terminal?: TerminalId;
}
