import { ERRNO } from '../build/abi.ts';
import type { ExitStatus, Signal } from '../machine.ts';
import { systemCalls } from './calls/system-calls.ts';
import { ClockPage } from './clock-page.ts';
import { DescriptorTable } from './descriptor-table.ts';
import type { Disk } from './disk.ts';
import { Asyncify, type AsyncifyExports } from './asyncify.ts';
import { Fork } from './fork.ts';
import type { Kernel } from './kernel.ts';
import { LinearMemory } from './memory.ts';
import type { OpenFile, Watcher } from './open-file.ts';
import { PARKED, ProcessEnd, type SignalName, signalNumber } from './process-end.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** What a program's module exports to the kernel. Servers have a step; programs that block have been asyncified. */
export interface ProgramExports extends Partial<AsyncifyExports> {
  memory: WebAssembly.Memory;
  __indirect_function_table: WebAssembly.Table;
  _start(): void;
  malloc(bytes: number): number;
  deliver_signal(signal: number): number;
  /** The one mutable global that survives a run. */
  stackSave(): number;
  stackRestore(pointer: number): void;
  step?(): void;
  fork_resume?(pid: number): void;
}

/** Before a process that keeps the thread is asked, by way of its clock reads, to let others run. */
const PREEMPT_AFTER_MS = 12;

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
  exports: ProgramExports;
  readonly memory: LinearMemory;
  readonly fork: Fork;
  readonly #clockPage: ClockPage;
  readonly #asyncify: Asyncify | undefined;
  readonly #module: WebAssembly.Module;
  readonly #imports: WebAssembly.Imports;
  pid: number;
  descriptors: DescriptorTable;
  workingDirectory: string;
  /** Uptime at which it wants to run although nothing else has happened. */
  wakeUs = Infinity;
  queued = false;
  running = false;
  stopped = false;
  status: ExitStatus | undefined;
  /** Microseconds it has run, by the host's clock. */
  cpuUs = 0;
  #phase: 'new' | 'parked' | 'suspended' = 'new';
  #signals: SignalName[] = [];
  #killedBy: SignalName | undefined;
  #waitingFor: readonly OpenFile[] = [];
  #interrupted = false;
  #runStartMs = 0;
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
    this.#clockPage = new ClockPage(this.memory, kernel.clock);
    this.#module = module;
    this.#imports = systemCalls(this, module);
    this.exports = this.#instantiate();
    this.#asyncify = this.exports.asyncify_get_state ? new Asyncify(this.exports as AsyncifyExports) : undefined;
  }

  get ended(): boolean {
    return this.status !== undefined;
  }

  /** Whether it waits for its standard input. */
  get waitsForInput(): boolean {
    const input = this.descriptors.get(0);
    return !this.queued && input !== undefined && this.#waitingFor.includes(input);
  }

  /** Whether it has an event loop that the kernel drives. */
  get isServer(): boolean {
    return this.exports.step !== undefined;
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
    const { host, clock } = this.kernel;
    this.running = true;
    this.#startCounting();
    this.polls = 0;
    this.#stopWaiting();
    clock.beginRun();
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
      this.cpuUs += (host.monotonicMs() - this.#runStartMs) * 1000;
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

  /**
   * Waits, as a blocking system call does, until `attempt` gives a result, a deadline passes or a signal interrupts.
   *
   * @param attempt does the work if it can, else returns undefined. Called again after each wake-up.
   * @param files whose readiness may change what `attempt` finds
   * @param deadlineUs uptime, Infinity for none; `onTimeout` is the result then
   * @param interruptible whether a handled signal ends the wait with EINTR
   */
  wait(
    attempt: () => number | undefined,
    files: readonly OpenFile[],
    deadlineUs: number,
    onTimeout: number,
    interruptible: boolean,
  ): number {
    const { clock, scheduler } = this.kernel;
    const asyncify = this.#asyncify;
    if (asyncify) {
      asyncify.deadlineUs ??= deadlineUs;
      let result = attempt();
      if (result === undefined && interruptible && this.#interrupted) result = -ERRNO.EINTR;
      if (result === undefined && clock.uptimeUs() >= asyncify.deadlineUs) result = onTimeout;
      this.#interrupted = false;
      if (result === undefined) {
        this.#waitingFor = files;
        for (const file of files) file.watch(this);
        this.wakeUs = asyncify.deadlineUs;
        asyncify.unwind();
        return 0;
      }
      asyncify.deadlineUs = undefined;
      return result;
    }
    for (;;) {
      const result = attempt();
      if (result !== undefined) return result;
      if (clock.uptimeUs() >= deadlineUs) return onTimeout;
      scheduler.runOthers(deadlineUs);
      this.checkKilled();
    }
  }

  /**
   * A call at which the process may have been suspended is made: again, or for the first time. Then what the last one left,
   * if its descriptor had been closed by a signal's handler, is not this one's.
   */
  finishRewind(): void {
    const asyncify = this.#asyncify;
    if (!asyncify || asyncify.finishRewind()) return;
    asyncify.deadlineUs = undefined;
    this.#interrupted = false;
  }

  /**
   * The process asks for the time. One that has kept the thread for long is in the middle of a command: this is where
   * the others, and signals, get their turn.
   *
   * @returns microseconds since boot
   */
  readClock(monotonic: boolean): number {
    const { clock, host } = this.kernel;
    if (clock.rate === 0) {
      if (!monotonic) return clock.uptimeUs();
      const us = clock.readStandingUs();
      if (clock.busy) this.letOthersRun();
      return us;
    }
    if (host.monotonicMs() - this.#runStartMs >= PREEMPT_AFTER_MS) this.letOthersRun();
    return clock.uptimeUs();
  }

  /** Where the process wants to find the time. */
  placeClockPage(pointer: number): void {
    this.#clockPage.attach(pointer, this.#runStartMs + PREEMPT_AFTER_MS);
  }

  /** Lets the others run for a slice, from within a system call of this process. */
  letOthersRun(): void {
    this.kernel.scheduler.runNested();
    this.checkKilled();
    this.#deliverSignals();
    this.#startCounting();
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
    const { pid, descriptors, workingDirectory, wakeUs, queued, stopped, status, cpuUs, polls, memory } = this;
    const [phase, killedBy, interrupted] = [this.#phase, this.#killedBy, this.#interrupted];
    const [signals, waitingFor] = [[...this.#signals], this.#waitingFor];
    const stackPointer = this.exports.stackSave();
    const pages = snapshot.pages(this, memory.bytes, memory.bytes.length);
    for (const part of [descriptors, this.fork, this.#clockPage, this.#asyncify, ...waitingFor]) snapshot.add(part);
    return () => {
      Object.assign(this, { pid, descriptors, workingDirectory, wakeUs, queued, stopped, status, cpuUs, polls });
      this.#phase = phase;
      this.#killedBy = killedBy;
      this.#interrupted = interrupted;
      this.#signals = [...signals];
      this.#waitingFor = waitingFor;
      // A memory cannot shrink, and of what a trap leaves behind not everything can be put back: then another instance.
      if (memory.bytes.length !== pages.length || this.#asyncify?.atRest === false) {
        this.exports = this.#instantiate();
        this.#asyncify?.attach(this.exports as AsyncifyExports);
        memory.grow(pages.length);
      }
      pages.copyTo(memory.bytes);
      this.exports.stackRestore(stackPointer);
    };
  }

  #instantiate(): ProgramExports {
    const exports = new WebAssembly.Instance(this.#module, this.#imports).exports as unknown as ProgramExports;
    this.memory.attach(exports.memory);
    return exports;
  }

  /** From here on the process has the thread. */
  #startCounting(): void {
    this.#runStartMs = this.kernel.host.monotonicMs();
    this.#clockPage.write(this.#runStartMs + PREEMPT_AFTER_MS);
  }

  #enter(): void {
    if (this.stopped) return;
    if (this.#phase === 'parked') {
      this.exports.step!();
      return;
    }
    if (this.#phase === 'suspended') this.#asyncify!.startRewind();
    this.exports._start();
    if (!this.#asyncify?.finishUnwind()) throw new ProcessEnd({ kind: 'exit', code: 0 });
    this.#phase = 'suspended';
  }

  #deliverSignals(): void {
    while (this.#signals.length > 0) {
      const name = this.#signals.shift()!;
      // Before its first instruction a program has no handlers.
      const handled = this.#phase !== 'new' && this.exports.deliver_signal(signalNumber(name)) === 1;
      if (handled) this.#interrupted = true;
      else if (!DEFAULT_IGNORED.includes(name)) throw new ProcessEnd({ kind: 'signal', signal: name as 'SIGTERM' });
    }
  }

  /**
   * A trap is a SIGSEGV for who handles that: redis-server reports what it was doing. Only its stack is lost by then. A
   * forked child cannot, because the frame that its parent goes on from is lost too.
   */
  #fault(thrown: unknown): ExitStatus {
    const status = trap(thrown);
    if (this.#phase === 'new' || this.fork.inChild) return status;
    try {
      this.exports.deliver_signal(signalNumber('SIGSEGV'));
    } catch (end) {
      if (end instanceof ProcessEnd) return end.status;
      trap(end); // the handler has failed as well
    }
    return status;
  }

  #stopWaiting(): void {
    this.wakeUs = Infinity;
    for (const file of this.#waitingFor) file.unwatch(this);
    this.#waitingFor = [];
  }

  #end(status: ExitStatus): void {
    this.status = status;
    this.#stopWaiting();
    this.fork.abandon();
    this.descriptors.closeAll();
    this.kernel.processEnded(this, status);
  }
}

/** A WebAssembly trap (out of bounds, unreachable, stack overflow) ends the process; anything else is our own bug. */
function trap(thrown: unknown): ExitStatus {
  if (thrown instanceof WebAssembly.RuntimeError) return { kind: 'trap', message: thrown.message };
  if (thrown instanceof WebAssembly.Exception) return { kind: 'trap', message: 'longjmp() to a frame that is gone' };
  if (thrown instanceof RangeError && /call stack/.test(thrown.message)) {
    return { kind: 'trap', message: 'stack overflow' };
  }
  throw thrown;
}
