import type { CaptureId, CaptureOptions, Captured } from './machine/captures.ts';
import type { ClockState } from './machine/clock.ts';
import type { Fault, FaultsInForce } from './machine/faults.ts';
import type { FileInfo, FolderEntry } from './machine/files.ts';
import type { Address, ConnectionId, ConnectOptions, DataListener, HostAddress } from './machine/network.ts';
import type { ExitStatus, Pid, ProcessInfo, Signal, SpawnOptions } from './machine/processes.ts';
import type { Save, SaveId } from './machine/saves.ts';
import type { OutputListener, TerminalId, TerminalSize } from './machine/terminals.ts';

// Whoever uses the machine needs no other file than this.
export type * from './machine/captures.ts';
export type * from './machine/clock.ts';
export type * from './machine/faults.ts';
export type * from './machine/files.ts';
export type * from './machine/network.ts';
export * from './machine/processes.ts';
export type * from './machine/saves.ts';
export type * from './machine/terminals.ts';

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
  /**
   * Resolves once some process listens on the TCP port (at once if one does).
   *
   * @param host default: the machine's own
   */
  listening(port: number, host?: HostAddress): Promise<void>;

  /** Appends bytes to the standard input of a process that was spawned with `stdin: 'open'`. */
  writeStdin(pid: Pid, bytes: Uint8Array): Promise<void>;
  closeStdin(pid: Pid): Promise<void>;
  /**
   * Resolves `true` when the process waits for standard input and has none left, or has exited; `false` when
   * `limitMs` of the machine's time pass first. With a paused clock, time moves from event to event up to the limit.
   */
  waitForInput(pid: Pid, limitMs: number): Promise<boolean>;

  /** Connects a raw TCP client. `onData` gets the bytes, `null` at the end; what it returns is awaited: back-pressure. */
  connect(address: Address, onData: DataListener, options?: ConnectOptions): Promise<ConnectionId>;
  /** Resolves when the socket's buffers have taken all bytes. Rejects if the peer has closed. */
  send(connection: ConnectionId, bytes: Uint8Array): Promise<void>;
  disconnect(connection: ConnectionId): Promise<void>;

  /** Opens a terminal (tty). `onOutput` gets what the screen shall show; what it returns is awaited: flow control. */
  openTerminal(size: TerminalSize, onOutput: OutputListener): Promise<TerminalId>;
  /** Keys typed, as UTF-8. Ctrl-C (0x03) becomes SIGINT for the foreground process unless it reads raw keys. */
  type(terminal: TerminalId, bytes: Uint8Array): Promise<void>;
  /** Takes back what was typed and no program has read: keys typed ahead, for whoever reads next. */
  takeTyped(terminal: TerminalId): Promise<Uint8Array>;
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
  /** Adds to the end of a file, which is made if there is none. Rejects with `MachineError` ENOENT (its folder), EISDIR. */
  appendFile(path: string, bytes: Uint8Array): Promise<void>;
  /** As mkdir(2). Rejects with `MachineError` EEXIST, ENOENT (the folder that it would be in). */
  makeFolder(path: string): Promise<void>;
  /** As rename(2). Rejects with `MachineError` ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL. */
  rename(from: string, to: string): Promise<void>;
  /** What is there, sorted by name. Of a file its own entry alone. Rejects with `MachineError` ENOENT. */
  listFolder(path: string): Promise<FolderEntry[]>;

  clock(): Promise<ClockState>;
  /** `rate` 1 is real time, 0 pauses, 10 is ten times as fast. */
  setClockRate(rate: number): Promise<void>;
  /** Moves the clock on by `ms`, stopping at every timer on the way (discrete events): nothing fires late. */
  advance(ms: number): Promise<void>;
  /**
   * Moves the clock on until a timer has fired, or with `'output'` from timer to timer until a program or a terminal has
   * shown something or an event was reported. At most by `limitMs`; resolves with whether it came.
   */
  advanceToNext(what: 'timer' | 'output', limitMs: number): Promise<boolean>;
  /** Sets the clock forward by `ms` at once, as a laptop that slept: timers in between fire late. */
  jump(ms: number): Promise<void>;
  /**
   * Resolves when so much of the machine's time has passed, and does not move the clock: whoever moves it decides. For
   * `advanceToNext` that is an event. Rejects with `MachineError` ERESTORED if the machine is put back meanwhile.
   */
  elapsed(ms: number): Promise<void>;
  /** Runs until no process has anything to do at this instant. Resolves with ms until the next timer, Infinity if none. */
  settle(): Promise<number>;

  /**
   * Remembers the whole machine as it is now: processes, files, network, terminals, time. It goes on meanwhile. Rejects
   * with `MachineError` ENOSPC when the saves that have a label leave no room; the oldest without one make room.
   */
  save(label?: string): Promise<Save>;
  /**
   * Puts the machine back, to an earlier or a later time. The clock's rate and the sizes of terminals stay. Rejects with
   * `MachineError` ENOENT if there is no such save.
   *
   * What is outside and has not been put back with it:
   * - A terminal that was open at the save, and has not been closed since, is painted anew and goes on. One that was
   *   opened since is gone; one that was closed since hangs up.
   * - A connection goes on if no byte has passed on it since the save, or if it is `rewindable`. Every other is closed.
   * - What waits for something in a time that is no more rejects with `MachineError` ERESTORED: `exited` of a process that
   *   is not there, `advance`, `advanceToNext`, `waitForInput`, `writeStdin` and `send` of bytes that had not been taken.
   * Then the event `restored` is reported.
   */
  restore(save: SaveId): Promise<void>;
  /** All that are kept, the oldest first. */
  saves(): Promise<Save[]>;
  /** Frees a save. One that is not there is not an error. */
  dropSave(save: SaveId): Promise<void>;

  /**
   * Lets something go wrong, or right again, now or after `delayMs` of the machine's time. Rejects with `MachineError`
   * EINVAL for what is no fault and EHOSTUNREACH for a host that there is not; a process that has gone is no error.
   */
  inject(fault: Fault, delayMs?: number): Promise<void>;
  /** What is not as it should be just now, and what will go wrong later. */
  faults(): Promise<FaultsInForce>;

  /**
   * Notes every segment of TCP from now on that passes between two sockets, until `endCapture`. Nothing else changes by it.
   * It is no part of a save: after a restore it goes on, without what had not been taken, and counts bytes anew.
   */
  capture(options?: CaptureOptions): Promise<CaptureId>;
  /**
   * What has been noted since the last time. Of more than 4 MiB or 16,384 segments the oldest are dropped. Rejects with
   * `MachineError` EBADF if there is no such capture.
   *
   * @param most the oldest so many segments; the others stay for the next call. Default: all
   */
  captured(capture: CaptureId, most?: number): Promise<Captured>;
  /** One that there is not, or not any more, is not an error. */
  endCapture(capture: CaptureId): Promise<void>;

  /** Every process dies at once and what was not fsynced is gone. The machine goes on and can spawn again. */
  powerFailure(): Promise<void>;
  subscribe(listener: EventListener): Promise<void>;
  /** Kills all processes and frees everything. Every later call rejects. */
  dispose(): Promise<void>;
}

export type MachineEvent =
  | { type: 'started'; pid: Pid; argv: readonly string[] }
  | { type: 'exited'; pid: Pid; argv: readonly string[]; status: ExitStatus }
  | { type: 'listening'; pid: Pid; host: HostAddress; port: number }
  | { type: 'closed'; pid: Pid; host: HostAddress; port: number }
  /** The machine has been put back: ask anew for all that was known of it. These terminals are open. */
  | { type: 'restored'; save: SaveId; uptimeMs: number; terminals: readonly TerminalId[] };

export type EventListener = (event: MachineEvent) => void;

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
