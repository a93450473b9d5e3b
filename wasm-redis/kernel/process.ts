import type { ExitStatus, Signal } from '../machine.ts';
import { BlockedCall } from './blocked-call.ts';
import { systemCalls } from './calls/system-calls.ts';
import { DescriptorTable } from './descriptor-table.ts';
import type { Disk } from './disk.ts';
import { Fork } from './fork.ts';
import type { Kernel } from './kernel.ts';
import { LinearMemory } from './memory.ts';
import type { OpenFile, Watcher } from './open-file.ts';
import { ProcessClock } from './process-clock.ts';
import { PARKED, ProcessEnd, type SignalName, signalNumber, trapStatus } from './process-end.ts';
import { ProgramInstance } from './program-instance.ts';
import type { Part, Snapshot } from './snapshot.ts';

const DEFAULT_IGNORED: readonly SignalName[] = ['SIGCONT'];

/**
 * A process: one instance of a program with memory, descriptors and signals of its own.
 *
 * A server runs from `_start` until it parks at its event loop, then a step at a time. Other programs run until they
 * would block, are unwound (Asyncify), and go on when woken.
 */
export class Process implements Watcher, Part {
  readonly kernel: Kernel;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The address of the host that it runs on, and that host's disk. */
  readonly host: string;
  readonly disk: Disk;
  readonly memory: LinearMemory;
  readonly instance: ProgramInstance;
  readonly blockedCall: BlockedCall;
  readonly clock: ProcessClock;
  readonly fork: Fork;
  pid: number;
  descriptors: DescriptorTable;
  workingDirectory: string;
  /** Uptime at which it wants to run although nothing else has happened. */
  wakeUs = Infinity;
  queued = false;
  running = false;
  stopped = false;
  status: ExitStatus | undefined;
  #phase: 'new' | 'parked' | 'suspended' = 'new';
  #signals: SignalName[] = [];
  #killedBy: SignalName | undefined;
  /** epoll_wait calls in this run: the second and later ones come from inside a command. */
  polls = 0;

  constructor(
    kernel: Kernel,
    module: WebAssembly.Module,
    options: {
      pid: number;
      argv: readonly string[];
      environment: Readonly<Record<string, string>>;
      workingDirectory: string;
      host: string;
      files: OpenFile[];
    },
  ) {
    this.kernel = kernel;
    this.pid = options.pid;
    this.argv = options.argv;
    this.environment = options.environment;
    this.workingDirectory = options.workingDirectory;
    this.host = options.host;
    this.disk = kernel.diskOf(options.host);
    this.descriptors = new DescriptorTable(options.files);
    this.memory = new LinearMemory();
    this.fork = new Fork(this);
    this.clock = new ProcessClock(this);
    this.instance = new ProgramInstance(module, systemCalls(this, module), this.memory);
    this.blockedCall = new BlockedCall(this, this.instance.asyncify);
  }

  get ended(): boolean {
    return this.status !== undefined;
  }

  /** Whether it waits for its standard input. */
  get waitsForInput(): boolean {
    const input = this.descriptors.get(0);
    return !this.queued && input !== undefined && this.blockedCall.waitsFor(input);
  }

  /** Whether it has an event loop that the kernel drives. */
  get isServer(): boolean {
    return this.instance.exports.step !== undefined;
  }

  /** Whether a server has reached its event loop. */
  get parked(): boolean {
    return this.#phase === 'parked';
  }

  get state(): 'running' | 'ready' | 'waiting' | 'stopped' {
    if (this.running) return 'running';
    if (this.stopped) return 'stopped';
    return this.queued ? 'ready' : 'waiting';
  }

  notify(): void {
    this.kernel.scheduler.makeReady(this);
  }

  /** Runs until it has nothing to do, would block, or ends. */
  run(): void {
    this.running = true;
    this.clock.start();
    this.polls = 0;
    this.#stopWaiting();
    this.kernel.clock.beginRun();
    try {
      this.#deliverSignals();
      this.#enter();
    } catch (thrown) {
      if (thrown === PARKED) {
        this.#phase = 'parked';
        this.notify();
      } else this.#end(thrown instanceof ProcessEnd ? thrown.status : this.#fault(thrown));
    } finally {
      this.running = false;
      this.clock.stop();
    }
  }

  /** kill(2) from outside: takes effect at once, or at the next system call of a process that is running. */
  signal(name: SignalName | Signal): void {
    if (this.ended) return;
    if (name === 'SIGSTOP') {
      this.stopped = true;
    } else if (name === 'SIGKILL') {
      if (this.running) this.#killedBy = name;
      else this.#end({ kind: 'signal', signal: name });
    } else {
      if (name === 'SIGCONT') this.stopped = false;
      this.#signals.push(name);
      this.notify();
    }
  }

  /** Lets the others run for a slice, from within a system call of this process. */
  letOthersRun(): void {
    this.kernel.scheduler.runNested();
    this.checkKilled();
    this.#deliverSignals();
    this.clock.start();
  }

  checkKilled(): void {
    if (this.#killedBy) throw new ProcessEnd({ kind: 'signal', signal: this.#killedBy as 'SIGKILL' });
  }

  /** Leaves the process: exit(2), abort(3), a fatal signal. In a forked child, its parent goes on. */
  exit(status: ExitStatus): never {
    this.fork.endChild(status);
    throw new ProcessEnd(status);
  }

  /** The machine is gone, or the power: no handler runs. */
  destroy(status: ExitStatus): void {
    if (this.running) this.#killedBy = 'SIGKILL';
    else if (!this.ended) this.#end(status);
  }

  remember(snapshot: Snapshot): () => void {
    const { pid, descriptors, workingDirectory, wakeUs, queued, stopped, status, polls } = this;
    const [phase, killedBy, signals] = [this.#phase, this.#killedBy, [...this.#signals]];
    for (const part of [this.instance, this.blockedCall, this.clock, descriptors, this.fork]) snapshot.add(part);
    return () => {
      Object.assign(this, { pid, descriptors, workingDirectory, wakeUs, queued, stopped, status, polls });
      this.#phase = phase;
      this.#killedBy = killedBy;
      this.#signals = [...signals];
    };
  }

  #enter(): void {
    if (this.stopped) return;
    const { exports, asyncify } = this.instance;
    if (this.#phase === 'parked') {
      exports.step!();
      return;
    }
    if (this.#phase === 'suspended') asyncify!.startRewind();
    exports._start();
    if (!asyncify?.finishUnwind()) throw new ProcessEnd({ kind: 'exit', code: 0 });
    this.#phase = 'suspended';
  }

  #deliverSignals(): void {
    while (this.#signals.length > 0) {
      const name = this.#signals.shift()!;
      // Before its first instruction a program has no handlers.
      const handled = this.#phase !== 'new' && this.instance.exports.deliver_signal(signalNumber(name)) === 1;
      if (handled) this.blockedCall.interrupt();
      else if (!DEFAULT_IGNORED.includes(name)) throw new ProcessEnd({ kind: 'signal', signal: name as 'SIGTERM' });
    }
  }

  /**
   * A trap is a SIGSEGV for who handles that: redis-server reports what it was doing. Only its stack is lost by then. A
   * forked child cannot, because the frame that its parent goes on from is lost too.
   */
  #fault(thrown: unknown): ExitStatus {
    const status = trapStatus(thrown);
    if (this.#phase === 'new' || this.fork.inChild) return status;
    try {
      this.instance.exports.deliver_signal(signalNumber('SIGSEGV'));
    } catch (end) {
      if (end instanceof ProcessEnd) return end.status;
      trapStatus(end); // the handler has failed as well
    }
    return status;
  }

  #stopWaiting(): void {
    this.wakeUs = Infinity;
    this.blockedCall.unwatch();
  }

  #end(status: ExitStatus): void {
    this.status = status;
    this.#stopWaiting();
    this.fork.abandon();
    this.descriptors.closeAll();
    this.kernel.processEnded(this, status);
  }
}
