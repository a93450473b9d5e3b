/**
 * The one interface between the engine and everything that uses it.
 *
 * A machine is a small computer: processes, a network, files, terminals and a clock. Two implementations exist,
 * `DirectMachine` (same thread; Node, tests) and the client of the worker (browser); one test suite runs against both.
 * Everything is asynchronous and every value can be cloned to another thread, so that the second can be derived from
 * the first by comlink. Handles are plain numbers, owned by whoever opened them.
 */
export interface Machine {
  /** Starts a program. Rejects with `MachineError` if the program is unknown or its module cannot be loaded. */
  spawn(options: SpawnOptions): Promise<Pid>;
  /** Sends a signal, as kill(2). A process that has gone already is not an error. */
  kill(pid: Pid, signal: Signal): Promise<void>;
  /** Resolves with the exit status once the process has ended (at once if it has). */
  exited(pid: Pid): Promise<ExitStatus>;
  processes(): Promise<ProcessInfo[]>;
  /** Resolves once some process listens on the TCP port (at once if one does). */
  listening(port: number): Promise<void>;

  /** Appends bytes to the standard input of a process that was spawned with `stdin: 'open'`. */
  writeStdin(pid: Pid, bytes: Uint8Array): Promise<void>;
  closeStdin(pid: Pid): Promise<void>;
  /**
   * Resolves `true` when the process waits for standard input and has none left, or has exited; `false` when
   * `limitMs` of the machine's time pass first. With a paused clock, time moves from event to event up to the limit.
   */
  waitForInput(pid: Pid, limitMs: number): Promise<boolean>;

  /** Connects a raw TCP client. `onData` gets the bytes, `null` at the end; what it returns is awaited: back-pressure. */
  connect(address: Address, onData: DataListener): Promise<ConnectionId>;
  /** Resolves when the socket's buffers have taken all bytes. Rejects if the peer has closed. */
  send(connection: ConnectionId, bytes: Uint8Array): Promise<void>;
  disconnect(connection: ConnectionId): Promise<void>;

  /** Opens a terminal (tty). `onOutput` gets what the screen shall show; what it returns is awaited: flow control. */
  openTerminal(size: TerminalSize, onOutput: OutputListener): Promise<TerminalId>;
  /** Keys typed, as UTF-8. Ctrl-C (0x03) becomes SIGINT for the foreground process unless it reads raw keys. */
  type(terminal: TerminalId, bytes: Uint8Array): Promise<void>;
  resizeTerminal(terminal: TerminalId, size: TerminalSize): Promise<void>;
  /** Hangs up: the processes of this terminal get SIGHUP. */
  closeTerminal(terminal: TerminalId): Promise<void>;

  /** Whole file, copied. Rejects with `MachineError` code ENOENT, EISDIR. */
  readFile(path: string): Promise<Uint8Array>;
  /** Creates or replaces; missing folders are made. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file or a folder with all that is in it. */
  removeFile(path: string): Promise<void>;
  /** All files below a folder, sorted by path. */
  listFiles(folder: string): Promise<FileInfo[]>;

  clock(): Promise<ClockState>;
  /** `rate` 1 is real time, 0 pauses, 10 is ten times as fast. */
  setClockRate(rate: number): Promise<void>;
  /** Moves the clock on by `ms`, stopping at every timer on the way (discrete events): nothing fires late. */
  advance(ms: number): Promise<void>;
  /** Sets the clock forward by `ms` at once, as a laptop that slept: timers in between fire late. */
  jump(ms: number): Promise<void>;
  /** Runs until no process has anything to do at this instant. Resolves with ms until the next timer, Infinity if none. */
  settle(): Promise<number>;

  /** Every process dies at once and what was not fsynced is gone. The machine goes on and can spawn again. */
  powerFailure(): Promise<void>;
  subscribe(listener: EventListener): Promise<void>;
  /** Kills all processes and frees everything. Every later call rejects. */
  dispose(): Promise<void>;
}

export type Pid = number;
export type TerminalId = number;
export type ConnectionId = number;
export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGKILL' | 'SIGUSR1' | 'SIGTERM' | 'SIGCONT' | 'SIGSTOP';
export type DataListener = (bytes: Uint8Array | null) => void | Promise<void>;
export type OutputListener = (bytes: Uint8Array) => void | Promise<void>;
export type StdioListener = (bytes: Uint8Array, stream: 'stdout' | 'stderr') => void | Promise<void>;
export type EventListener = (event: MachineEvent) => void;

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
  state: 'running' | 'ready' | 'waiting' | 'stopped';
  /** Linear memory in bytes. */
  memoryBytes: number;
  listening: readonly number[];
}

export interface Address {
  /** Dotted IPv4; default 127.0.0.1. */
  host?: string;
  port: number;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface FileInfo {
  /** Absolute. */
  path: string;
  sizeBytes: number;
  /** Milliseconds since the epoch, by the machine's clock. */
  modifiedMs: number;
}

export interface ClockState {
  /** Milliseconds since the Unix epoch. */
  nowMs: number;
  /** Milliseconds since the machine was made. */
  uptimeMs: number;
  rate: number;
}

export type MachineEvent =
  | { type: 'started'; pid: Pid; argv: readonly string[] }
  | { type: 'exited'; pid: Pid; argv: readonly string[]; status: ExitStatus }
  | { type: 'listening'; pid: Pid; port: number }
  | { type: 'closed'; pid: Pid; port: number };

/** A failing environment: an unknown program, a file that is not there, a port where nobody listens. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a machine is made from. */
export interface MachineOptions {
  /** Returns the compiled module of a program; called at most once for each module. */
  loadModule: (file: ModuleName) => Promise<WebAssembly.Module>;
  /** Seeds /dev/urandom and process ids. Default: the host's randomness. */
  seed?: number;
  /** The clock's first value, milliseconds since the Unix epoch. Default: the host's time. */
  epochMs?: number;
  /** Default 1. */
  clockRate?: number;
}

/** The WebAssembly files of a build. The server's file is also sentinel and the two checkers, by `argv[0]`. */
export type ModuleName = 'redis-server' | 'redis-cli' | 'redis-benchmark';
