import { ERRNO, WAIT } from '../build/abi.ts';
import type { ExitStatus } from '../machine.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import { LateWrites } from './late-writes.ts';
import { type PipeReader, PipeWriter } from './pipe.ts';
import type { Process } from './process.ts';
import { type SignalName, waitStatus } from './process-end.ts';
import { type Part, rememberArray, rememberFields, type Snapshot } from './snapshot.ts';

/** What the parent is put back to when the child has ended. */
interface Parent {
  pid: number;
  memory: Uint8Array;
  descriptors: DescriptorTable;
  workingDirectory: string;
}

/** A child whose code has ended. */
interface Zombie {
  pid: number;
  status: ExitStatus;
  /** What it would have waited for before it ended; until then its parent sees it alive. */
  waitsFor: PipeReader | undefined;
  /** Uptime until which it would have slept; likewise. */
  sleepsUntilUs: number;
}

/**
 * fork(2) of one process: see ../native/fork.c for the C side. The child runs in the parent's instance, to its end;
 * then memory, descriptors, pid and working directory are the parent's again and the child is a zombie.
 */
export class Fork implements Part {
  readonly #process: Process;
  #parent: Parent | undefined;
  readonly #zombies: Zombie[] = [];
  #waitsFor: PipeReader | undefined;
  #sleepUs = 0;
  #diverted: PipeWriter[] = [];
  readonly #lateWrites: LateWrites;

  constructor(process: Process) {
    this.#process = process;
    this.#lateWrites = new LateWrites(process.kernel.scheduler);
  }

  /** Whether the code that runs now is a child's. */
  get inChild(): boolean {
    return this.#parent !== undefined;
  }

  /** The process becomes its own child. Returns 0, or ENOMEM (negative) if its memory cannot be copied. */
  snapshot(): number {
    const process = this.#process;
    let memory: Uint8Array;
    try {
      memory = process.memory.bytes.slice();
    } catch (error) {
      if (error instanceof RangeError) return -ERRNO.ENOMEM;
      throw error;
    }
    this.#parent = {
      pid: process.pid,
      memory,
      descriptors: process.descriptors,
      workingDirectory: process.workingDirectory,
    };
    process.descriptors = process.descriptors.duplicate();
    process.pid = process.kernel.processIds.ofChild();
    return 0;
  }

  /** In a child: ends it, and does not return, because the parent goes on from its fork(). Elsewhere: nothing. */
  endChild(status: ExitStatus): void {
    const parent = this.#parent;
    if (!parent) return;
    const process = this.#process;
    const childPid = process.pid;
    this.abandon();
    const sleepsUntilUs = process.kernel.clock.uptimeUs() + this.#sleepUs;
    this.#zombies.push({ pid: childPid, status, waitsFor: this.#waitsFor, sleepsUntilUs });
    this.#waitsFor = undefined;
    this.#sleepUs = 0;
    const { memory } = process;
    memory.bytes.set(parent.memory);
    // What the child has grown is the parent's too now, and free.
    memory.bytes.fill(0, parent.memory.length);
    process.instance.exports.fork_resume!(childPid);
    throw new Error('fork_resume() returned: the frame that forked is gone.');
  }

  /** The parent's own descriptors and names are back, whatever became of the child. */
  abandon(): void {
    const parent = this.#parent;
    if (!parent) return;
    this.#parent = undefined;
    for (const pipe of this.#diverted) pipe.divert = undefined;
    this.#diverted = [];
    this.#process.descriptors.closeAll();
    this.#process.descriptors = parent.descriptors;
    this.#process.pid = parent.pid;
    this.#process.workingDirectory = parent.workingDirectory;
  }

  /**
   * The child would wait until its parent lets go of the other end of a pipe: a diskless transfer's child does, so that
   * it does not end before all has been sent. It goes on at once instead, and its end is kept from the parent until then.
   */
  pretendToWait(file: PipeReader): void {
    this.#waitsFor = file;
  }

  /**
   * The child would sleep (`rdb-key-save-delay`). It goes on at once. What it writes into pipes from here on, and its end, are
   * kept from the parent for as long as it would have slept altogether. What it writes into files is there too early.
   */
  pretendToSleep(us: number): number {
    const { descriptors, kernel } = this.#process;
    for (const file of this.#sleepUs === 0 ? descriptors : []) {
      if (!(file instanceof PipeWriter)) continue;
      file.divert = (bytes) => this.#lateWrites.add(kernel.clock.uptimeUs() + this.#sleepUs, file, bytes);
      this.#diverted.push(file);
    }
    this.#sleepUs += us;
    return 0;
  }

  /** The time has come for what a child has written later than it seems to its parent. */
  deliver(nowUs: number): void {
    this.#lateWrites.deliver(nowUs);
  }

  /** waitpid(2) for a child of this process. Its code has always ended, so this never waits. */
  wait(pid: number, options: number): { pid: number; status: number } | number {
    const poll = (options & WAIT.WNOHANG) !== 0;
    const at = this.#zombies.findIndex(
      (zombie) => (pid <= 0 || zombie.pid === pid) && !(poll && this.#seemsAlive(zombie)),
    );
    if (at < 0) return poll && this.#zombies.length > 0 ? 0 : -ERRNO.ECHILD;
    const zombie = this.#zombies[at]!;
    this.#zombies.splice(at, 1);
    this.#process.kernel.processIds.release(zombie.pid);
    return { pid: zombie.pid, status: waitStatus(zombie.status) };
  }

  /** kill(2): false if this is none of its children. One that pretends to wait or to sleep dies of the signal. */
  signalChild(pid: number, signal: SignalName | undefined): boolean {
    const zombie = this.#zombies.find((child) => child.pid === pid);
    if (zombie && signal && this.#seemsAlive(zombie)) {
      zombie.waitsFor = undefined;
      zombie.sleepsUntilUs = 0;
      this.#lateWrites.drop();
      zombie.status = { kind: 'signal', signal: signal as 'SIGUSR1' };
    }
    return zombie !== undefined;
  }

  /** Between runs no child is running: only those that have ended are there. */
  remember(snapshot: Snapshot): () => void {
    const restores = [rememberArray(this.#zombies), rememberFields(this.#zombies)];
    for (const { waitsFor } of this.#zombies) snapshot.add(waitsFor);
    snapshot.add(this.#lateWrites);
    return () => {
      for (const restore of restores) restore();
    };
  }

  #seemsAlive({ waitsFor, sleepsUntilUs }: Zombie): boolean {
    return waitsFor?.hasWriter === true || this.#process.kernel.clock.uptimeUs() < sleepsUntilUs;
  }
}
