import { ERRNO } from '../build/abi.ts';
import { MachineError, type MachineEvent, type ExitStatus, type TerminalSize } from '../machine.ts';
import type { Capture } from './capture.ts';
import { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import { FaultQueue } from './fault-queue.ts';
import { FileSystem, resolvePath } from './file-system.ts';
import type { Host } from './host.ts';
import { Network } from './network.ts';
import type { OpenFile } from './open-file.ts';
import { OutputSink, type SinkListener } from './output-sink.ts';
import { CountedIds, type ProcessIds } from './process-ids.ts';
import { Process } from './process.ts';
import { createRandom, type Random } from './random.ts';
import { Scheduler } from './scheduler.ts';
import { type Part, rememberFields, rememberMap, Snapshot } from './snapshot.ts';
import { hostNamed, LOCAL_HOST, LOOPBACK } from './socket-address.ts';
import { Socket } from './socket.ts';
import { Terminal } from './terminal.ts';

/** Whatever hands bytes out of the machine when the scheduler has time for it. */
interface Flushable {
  flush(): void;
}

export interface KernelOptions {
  host: Host;
  /** Seeds /dev/urandom; undefined for the host's randomness. */
  seed?: number | undefined;
  /** Wall time at boot, milliseconds since the Unix epoch. */
  epochMs: number;
  clockRate: number;
  /** Where files are. Default: in memory. */
  makeFiles?: (clock: Clock) => FileSystem;
  /** Default: counted. */
  processIds?: ProcessIds;
}

/** A program to run: what `Machine.spawn` has made of its options. */
export interface ProgramStart {
  module: WebAssembly.Module;
  argv: readonly string[];
  environment: Readonly<Record<string, string>>;
  workingDirectory: string;
  /** The address of its host, which is made if there is none. Default: the machine's own. */
  host?: string;
  /** Standard input, output and error; the process takes over the references. */
  files: [OpenFile, OpenFile, OpenFile];
}

/** The tables of the machine, and what happens when something enters or leaves them. It does nothing by itself. */
export class Kernel implements Part {
  readonly host: Host;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: FileSystem;
  readonly network: Network;
  readonly scheduler: Scheduler;
  readonly faults: FaultQueue;
  /** By the address of their host; those of other hosts have no limits. */
  readonly disks = new Map<string, Disk>();
  readonly processIds: ProcessIds;
  /** Told of everything worth knowing outside. */
  onEvent: (event: MachineEvent) => void = () => {};
  /** Told when a socket, TCP or Unix, begins and ends to listen. */
  onListen: (socket: Socket, open: boolean) => void = () => {};
  /**
   * fork(2) of a server that goes into the background: 0 for a process that is to go on as the child, a process id for one
   * that now exits, or a negative errno. A machine has nowhere for such a child to go.
   */
  detach: () => number = () => -ERRNO.ENOSYS;
  /** For tests: told of each system call before it is made, by processes spawned after this was set. */
  onSystemCall: ((process: Process, name: string) => void) | undefined;
  readonly #byPid = new Map<number, Process>();
  readonly #listenerPids = new WeakMap<Socket, number>();
  readonly #pending = new Set<Flushable>();
  #outputs = 0;

  constructor(options: KernelOptions) {
    this.host = options.host;
    this.clock = new Clock(options.host, options.epochMs, options.clockRate);
    this.random = createRandom(options.host, options.seed);
    this.files = options.makeFiles?.(this.clock) ?? new FileSystem(this.clock);
    this.scheduler = new Scheduler(options.host, this.clock);
    this.scheduler.onNested = () => this.flush();
    this.network = new Network((socket, open) => this.#listenChanged(socket, open), {
      nowUs: () => this.clock.uptimeUs(),
      wakeAt: (uptimeUs) => this.scheduler.wakeAt(uptimeUs),
      fraction: () => this.#fraction(),
    });
    this.faults = new FaultQueue(this.scheduler);
    this.scheduler.onAlarm = (nowUs) => {
      this.faults.run(nowUs);
      this.network.run(nowUs);
      for (const process of this.scheduler.processes) process.fork.deliver(nowUs);
    };
    this.processIds = options.processIds ?? new CountedIds();
  }

  /** Makes a process and queues it. Throws `MachineError` ENOTDIR if its working directory is not a folder. */
  spawn(start: ProgramStart): Process {
    const folder = resolvePath(start.workingDirectory, '/');
    if (!this.files.makeDirectories(folder)) {
      throw new MachineError('ENOTDIR', `${start.argv[0]} cannot start in ${folder}: there is a file of that name.`);
    }
    const pid = this.processIds.ofProcess();
    const host = hostNamed(start.host ?? LOOPBACK);
    this.network.addHost(host);
    const process = new Process(this, start.module, { ...start, host, workingDirectory: folder, pid });
    this.#byPid.set(process.pid, process);
    this.scheduler.processes.add(process);
    this.onEvent({ type: 'started', pid: process.pid, argv: process.argv });
    this.scheduler.makeReady(process);
    return process;
  }

  /** The disk of a host. */
  diskOf(host: string): Disk {
    let disk = this.disks.get(host);
    if (!disk) this.disks.set(host, (disk = { freeBytes: Infinity, fsyncUs: 0 }));
    return disk;
  }

  processAt(pid: number): Process | undefined {
    return this.#byPid.get(pid);
  }

  get processes(): Process[] {
    return [...this.#byPid.values()];
  }

  /** For `Process`: it has ended and has closed everything. */
  processEnded(process: Process, status: ExitStatus): void {
    this.#byPid.delete(process.pid);
    this.scheduler.processes.delete(process);
    this.flush();
    this.onEvent({ type: 'exited', pid: process.pid, argv: process.argv, status });
  }

  openTerminal(size: TerminalSize, onOutput: SinkListener): Terminal {
    const terminal: Terminal = new Terminal(size.columns, size.rows, {
      onOutput,
      onPending: (sink) => this.flushSoon(sink),
      onSignal: (signal) => {
        for (const process of this.#processesAt(terminal)) process.signal(signal);
      },
    });
    return terminal;
  }

  /** The terminal is gone: what runs on it gets SIGHUP. */
  closeTerminal(terminal: Terminal): void {
    for (const process of this.#processesAt(terminal)) process.signal('SIGHUP');
    terminal.hangUp();
    terminal.release();
  }

  /** Connects from outside. Throws `MachineError` ECONNREFUSED if nobody listens there. */
  connect(host: string, port: number): Socket {
    const socket = new Socket(this.network, LOCAL_HOST, true);
    if (this.network.connect(socket, { family: 'inet', host, port }) === 0) return socket;
    if (socket.state === 'connecting') return socket;
    socket.release();
    throw new MachineError('ECONNREFUSED', `Nothing listens on ${host}:${port}. Is the server running?`);
  }

  /** The other end of `start-capture.ts`. */
  endCapture(capture: Capture): void {
    if (this.network.tap?.remove(capture) === false) this.network.tap = undefined;
  }

  /** Bytes wait to leave the machine by `target`. */
  flushSoon(target: Flushable | OutputSink): void {
    this.#pending.add(target);
    if (target instanceof OutputSink) this.#outputs++;
    this.scheduler.onReady();
  }

  /** Whether something waits to be let out. */
  get hasPending(): boolean {
    return this.#pending.size > 0;
  }

  /** How often a program or a terminal has had something to show. */
  get outputs(): number {
    return this.#outputs;
  }

  /** Lets everything out that waits. */
  flush(): void {
    while (this.#pending.size > 0) {
      const targets = [...this.#pending];
      this.#pending.clear();
      for (const target of targets) target.flush();
    }
  }

  /** Every process ends at once, and what was not fsynced is gone. */
  powerFailure(): void {
    for (const process of this.processes) process.destroy({ kind: 'signal', signal: 'SIGKILL' });
    this.files.revertToDurable();
    this.flush();
  }

  /**
   * What the machine is now. Bytes on their way out leave first. Throws if a process is running: a save from within would
   * have to contain its stack.
   *
   * @param roots parts that are held outside, as a terminal on which nothing runs
   */
  snapshot(roots: Iterable<Part>, base: Snapshot | undefined): Snapshot {
    const running = this.processes.find((process) => process.running);
    if (running) throw new Error(`Process ${running.pid} is running, so the machine cannot be saved.`);
    this.flush();
    return new Snapshot([this, ...roots], base);
  }

  remember(snapshot: Snapshot): () => void {
    const restores = [rememberMap(this.#byPid), rememberMap(this.disks), rememberFields(this.disks.values())];
    const { clock, random, files, network, scheduler, faults, processIds } = this;
    for (const part of [clock, random, files, network, scheduler, faults, processIds]) snapshot.add(part);
    for (const process of this.#byPid.values()) snapshot.add(process);
    return () => {
      for (const restore of restores) restore();
      this.#pending.clear();
    };
  }

  #processesAt(terminal: Terminal): Process[] {
    return this.processes.filter((process) => process.descriptors.get(0) === terminal);
  }

  #listenChanged(socket: Socket, open: boolean): void {
    this.onListen(socket, open);
    if (socket.local?.family !== 'inet') return;
    if (open) {
      const owner = this.processes.find((process) => [...process.descriptors].includes(socket));
      this.#listenerPids.set(socket, owner?.pid ?? 0);
    }
    const pid = this.#listenerPids.get(socket) ?? 0;
    this.onEvent({ type: open ? 'listening' : 'closed', pid, host: socket.host, port: socket.local.port });
  }

  #fraction(): number {
    const bytes = new Uint8Array(4);
    this.random.fill(bytes);
    return new DataView(bytes.buffer).getUint32(0) / 0x1_0000_0000;
  }
}
