import { forwardUs } from '../kernel/clock.ts';
import { Connection, takenBack } from '../kernel/connection.ts';
import { Driver } from '../kernel/driver.ts';
import type { Host } from '../kernel/host.ts';
import { Kernel } from '../kernel/kernel.ts';
import { LOOPBACK } from '../kernel/socket-address.ts';
import {
  type Address,
  type Captured,
  type CaptureId,
  type CaptureOptions,
  type ClockState,
  type ConnectionId,
  type ConnectOptions,
  type DataListener,
  type EventListener,
  type ExitStatus,
  type Fault,
  type FaultsInForce,
  type FileInfo,
  type FolderEntry,
  type Machine,
  MachineError,
  type MachineEvent,
  type MachineOptions,
  type OutputListener,
  type Pid,
  type ProcessInfo,
  type Save,
  type SaveId,
  type Signal,
  type SpawnOptions,
  type TerminalId,
  type TerminalSize,
} from '../machine.ts';
import { Alarms } from './alarms.ts';
import { EventHub } from './event-hub.ts';
import { Handles } from './handles.ts';
import { createHost } from './host.ts';
import type { MachineSaves } from './machine-saves.ts';
import { processInfo } from './process-info.ts';
import { ProgramTable } from './program-table.ts';
import { standardFiles } from './standard-files.ts';
import { filesBelow, readWhole, writeWhole } from './whole-files.ts';

const DEFAULT_ENVIRONMENT = { HOME: '/root', TERM: 'xterm-256color' };

/** The machine on the caller's own thread. */
export class DirectMachine implements Machine {
  /** For those who are on the same thread: the benchmark, the launcher, the file mirror, tests. */
  readonly kernel: Kernel;
  readonly #driver: Driver;
  readonly #programs: ProgramTable;
  readonly #handles = new Handles();
  readonly #events = new EventHub();
  /** Comes with the first save. */
  #saves: MachineSaves | undefined;
  readonly #alarms: Alarms;
  #eventCount = 0;
  #disposed = false;

  constructor(options: MachineOptions, host: Host = createHost()) {
    this.#programs = new ProgramTable(options.loadModule);
    this.kernel = new Kernel({
      host,
      seed: options.seed,
      epochMs: options.epochMs ?? host.wallMs(),
      clockRate: options.clockRate ?? 1,
    });
    this.kernel.onEvent = (event) => this.#noted(event);
    this.#driver = new Driver(this.kernel);
    this.#alarms = new Alarms(this.kernel, () => this.#eventCount++);
  }

  async spawn(options: SpawnOptions): Promise<Pid> {
    this.#assertAlive();
    await this.#programs.load(options.argv[0]);
    return this.spawnNow(options);
  }

  /**
   * The same for a caller that cannot await, as a thread inside a busy process: throws `MachineError` ENOMODULE if the
   * program's module has not been loaded.
   */
  spawnNow(options: SpawnOptions): Pid {
    this.#assertAlive();
    const terminal = options.terminal === undefined ? undefined : this.#handles.terminal(options.terminal);
    const module = this.#programs.module(options.argv[0]);
    const { files, input } = standardFiles(this.kernel, options, terminal);
    const process = this.kernel.spawn({
      module,
      argv: options.argv,
      ...(options.host !== undefined ? { host: options.host } : {}),
      environment: { ...DEFAULT_ENVIRONMENT, ...options.env },
      workingDirectory: options.cwd ?? '/data',
      files,
    });
    if (input) this.#handles.inputs.set(process.pid, input);
    return process.pid;
  }

  async kill(pid: Pid, signal: Signal): Promise<void> {
    this.#assertAlive();
    this.kernel.processAt(pid)?.signal(signal);
    await this.#driver.settle();
  }

  async exited(pid: Pid): Promise<ExitStatus> {
    this.#assertAlive();
    const { statuses } = this.#handles;
    const status = statuses.get(pid);
    if (status) return status;
    if (!this.kernel.processAt(pid)) throw new MachineError('ESRCH', `There is no process ${pid}.`);
    return this.#events.next((event) => {
      if (event.type === 'exited' && event.pid === pid) return event.status;
      if (event.type !== 'restored' || this.kernel.processAt(pid)) return undefined;
      if (!statuses.has(pid)) throw takenBack();
      return statuses.get(pid);
    });
  }

  async processes(): Promise<ProcessInfo[]> {
    this.#assertAlive();
    return this.kernel.processes.map((process) => processInfo(process, this.kernel, this.#handles));
  }

  async listening(port: number, host = LOOPBACK): Promise<void> {
    this.#assertAlive();
    const listens = (): true | undefined => this.kernel.network.isListening(port, host) || undefined;
    if (listens()) return;
    const concerns = ({ type }: MachineEvent): boolean => type === 'listening' || type === 'restored';
    await this.#events.next((event) => (concerns(event) ? listens() : undefined));
  }

  async writeStdin(pid: Pid, bytes: Uint8Array): Promise<void> {
    this.#assertAlive();
    await this.#handles.writeInput(pid, bytes);
  }

  async closeStdin(pid: Pid): Promise<void> {
    this.#assertAlive();
    this.#handles.input(pid).release();
    this.#handles.inputs.delete(pid);
  }

  async waitForInput(pid: Pid, limitMs: number): Promise<boolean> {
    this.#assertAlive();
    return this.#driver.until(() => this.kernel.processAt(pid)?.waitsForInput ?? true, limitMs * 1000);
  }

  async connect(
    { host = '127.0.0.1', port }: Address,
    onData: DataListener,
    { rewindable = false }: ConnectOptions = {},
  ): Promise<ConnectionId> {
    this.#assertAlive();
    const socket = this.kernel.connect(host, port);
    const flushSoon = (pending: Connection): void => this.kernel.flushSoon(pending);
    return this.#handles.addConnection(rewindable, (onEnd) => {
      return new Connection(socket, onData, flushSoon, () => {
        onEnd();
        void onData(null);
      });
    });
  }

  async send(connection: ConnectionId, bytes: Uint8Array): Promise<void> {
    this.#assertAlive();
    const known = this.#handles.connection(connection);
    if (!known) throw new MachineError('EPIPE', 'The connection is closed.');
    await known.send(bytes);
  }

  async disconnect(connection: ConnectionId): Promise<void> {
    this.#assertAlive();
    this.#handles.connection(connection)?.close();
  }

  async openTerminal(size: TerminalSize, onOutput: OutputListener): Promise<TerminalId> {
    return this.openTerminalNow(size, onOutput);
  }

  /** The same for a caller that cannot await. */
  openTerminalNow(size: TerminalSize, onOutput: OutputListener): TerminalId {
    this.#assertAlive();
    return this.#handles.addTerminal(this.kernel.openTerminal(size, onOutput));
  }

  async type(terminal: TerminalId, bytes: Uint8Array): Promise<void> {
    this.#assertAlive();
    this.#handles.terminal(terminal).press(bytes);
  }

  async takeTyped(terminal: TerminalId): Promise<Uint8Array> {
    this.#assertAlive();
    return this.#handles.terminal(terminal).takeTyped();
  }

  async resizeTerminal(terminal: TerminalId, { columns, rows }: TerminalSize): Promise<void> {
    this.#assertAlive();
    Object.assign(this.#handles.terminal(terminal), { columns, rows });
  }

  async closeTerminal(terminal: TerminalId): Promise<void> {
    this.#assertAlive();
    this.#handles.closeTerminal(terminal, this.kernel);
  }

  async readFile(path: string): Promise<Uint8Array> {
    this.#assertAlive();
    return readWhole(this.kernel.files, path);
  }

  async writeFile(path: string, bytes: Uint8Array): Promise<void> {
    this.#assertAlive();
    writeWhole(this.kernel.files, path, bytes);
  }

  async removeFile(path: string): Promise<void> {
    this.#assertAlive();
    this.kernel.files.removeTree(path);
  }

  async listFiles(folder: string): Promise<FileInfo[]> {
    this.#assertAlive();
    return filesBelow(this.kernel.files, folder);
  }

  async appendFile(path: string, bytes: Uint8Array): Promise<void> {
    this.#assertAlive();
    const { appendToFile } = await import('./folders.ts');
    appendToFile(this.kernel.files, path, bytes);
  }

  async makeFolder(path: string): Promise<void> {
    this.#assertAlive();
    const { makeFolder } = await import('./folders.ts');
    makeFolder(this.kernel.files, path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#assertAlive();
    const { renameFile } = await import('./folders.ts');
    renameFile(this.kernel.files, from, to);
  }

  async listFolder(path: string): Promise<FolderEntry[]> {
    this.#assertAlive();
    const { entriesOf } = await import('./folders.ts');
    return entriesOf(this.kernel.files, path);
  }

  async clock(): Promise<ClockState> {
    this.#assertAlive();
    const { clock } = this.kernel;
    const uptimeUs = clock.uptimeUs();
    return { nowMs: (clock.epochUs + uptimeUs) / 1000, uptimeMs: uptimeUs / 1000, rate: clock.rate };
  }

  async setClockRate(rate: number): Promise<void> {
    this.#assertAlive();
    this.kernel.clock.setRate(rate);
    this.#driver.clockChanged();
  }

  async advance(ms: number): Promise<void> {
    this.#assertAlive();
    await this.#driver.advance(forwardUs(ms));
  }

  async advanceToNext(what: 'timer' | 'output', limitMs: number): Promise<boolean> {
    this.#assertAlive();
    await this.#driver.settle();
    const seen = (): number => this.kernel.outputs + this.#eventCount;
    const before = seen();
    return this.#driver.advanceUntil(() => what === 'timer' || seen() !== before, forwardUs(limitMs));
  }

  async jump(ms: number): Promise<void> {
    this.#assertAlive();
    const { clock } = this.kernel;
    clock.advanceTo(clock.uptimeUs() + forwardUs(ms));
    await this.#driver.settle();
  }

  async elapsed(ms: number): Promise<void> {
    this.#assertAlive();
    await this.#alarms.after(forwardUs(ms));
  }

  async settle(): Promise<number> {
    this.#assertAlive();
    return (await this.#driver.settle()) / 1000;
  }

  async inject(fault: Fault, delayMs = 0): Promise<void> {
    this.#assertAlive();
    const { injectFault } = await import('../kernel/faults.ts');
    injectFault(this.kernel, fault, delayMs);
    await this.#driver.settle();
  }

  async faults(): Promise<FaultsInForce> {
    this.#assertAlive();
    return (await import('../kernel/faults.ts')).faultsInForce(this.kernel);
  }

  async capture(options?: CaptureOptions): Promise<CaptureId> {
    this.#assertAlive();
    const { startCapture } = await import('../kernel/start-capture.ts');
    return this.#handles.addCapture(startCapture(this.kernel, options));
  }

  async captured(capture: CaptureId, most?: number): Promise<Captured> {
    this.#assertAlive();
    return this.#handles.capture(capture).take(most);
  }

  async endCapture(capture: CaptureId): Promise<void> {
    this.#assertAlive();
    const ended = this.#handles.dropCapture(capture);
    if (ended) this.kernel.endCapture(ended);
  }

  async save(label = ''): Promise<Save> {
    this.#assertAlive();
    return (this.#saves ?? (await this.#loadSaves())).save(label);
  }

  async restore(save: SaveId): Promise<void> {
    this.#assertAlive();
    await (this.#saves ?? (await this.#loadSaves())).restore(save);
    this.#alarms.clear(takenBack());
    const uptimeMs = this.kernel.clock.uptimeUs() / 1000;
    this.#events.emit({ type: 'restored', save, uptimeMs, terminals: this.#handles.terminalIds });
  }

  async saves(): Promise<Save[]> {
    this.#assertAlive();
    return this.#saves?.all ?? [];
  }

  /** For those who are on the same thread: whether the machine could be put back. */
  get hasSaves(): boolean {
    return this.#saves?.any ?? false;
  }

  async dropSave(save: SaveId): Promise<void> {
    this.#assertAlive();
    this.#saves?.drop(save);
  }

  async powerFailure(): Promise<void> {
    this.#assertAlive();
    this.kernel.powerFailure();
  }

  async subscribe(listener: EventListener): Promise<void> {
    this.#assertAlive();
    this.#events.subscribe(listener);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.kernel.powerFailure();
    this.#disposed = true;
    this.#driver.dispose();
    this.#events.close(disposed());
    this.#alarms.clear(disposed());
    this.#saves?.clear();
  }

  async #loadSaves(): Promise<MachineSaves> {
    const { MachineSaves } = await import('./machine-saves.ts');
    this.#assertAlive();
    return (this.#saves ??= new MachineSaves(this.kernel, this.#driver, this.#handles));
  }

  #assertAlive(): void {
    if (this.#disposed) throw disposed();
  }

  #noted(event: MachineEvent): void {
    this.#eventCount++;
    if (event.type === 'exited') {
      this.#handles.statuses.set(event.pid, event.status);
      this.#handles.inputs.delete(event.pid);
    }
    this.#events.emit(event);
  }
}

function disposed(): MachineError {
  return new MachineError('EDISPOSED', 'This machine was disposed of. Start a new one.');
}

/** A machine on this thread. Modules are compiled when they are first needed. */
export function createDirectMachine(options: MachineOptions, host?: Host): DirectMachine {
  return new DirectMachine(options, host);
}
