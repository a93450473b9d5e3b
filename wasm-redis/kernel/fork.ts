import { ERRNO, WAIT } from '../build/abi.ts';
import type { ExitStatus } from '../machine.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import type { Process } from './process.ts';
import { waitStatus } from './process-end.ts';

/** What the parent is put back to when the child has ended. */
interface Parent {
  pid: number;
  memory: Uint8Array;
  descriptors: DescriptorTable;
  workingDirectory: string;
}

/**
 * fork(2) of one process: see ../native/fork.c for the C side. The child runs in the parent's instance, to its end;
 * then memory, descriptors, pid and working directory are the parent's again and the child is a zombie.
 */
export class Fork {
  readonly #process: Process;
  #parent: Parent | undefined;
  readonly #zombies: { pid: number; status: ExitStatus }[] = [];

  constructor(process: Process) {
    this.#process = process;
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
    process.pid = process.kernel.nextPid();
    return 0;
  }

  /** In a child: ends it, and does not return, because the parent goes on from its fork(). Elsewhere: nothing. */
  endChild(status: ExitStatus): void {
    const parent = this.#parent;
    if (!parent) return;
    const process = this.#process;
    const childPid = process.pid;
    this.abandon();
    this.#zombies.push({ pid: childPid, status });
    const { memory } = process;
    memory.bytes.set(parent.memory);
    // What the child has grown is the parent's too now, and free.
    memory.bytes.fill(0, parent.memory.length);
    process.exports.fork_resume!(childPid);
    throw new Error('fork_resume() returned: the frame that forked is gone.');
  }

  /** The parent's own descriptors and names are back, whatever became of the child. */
  abandon(): void {
    const parent = this.#parent;
    if (!parent) return;
    this.#parent = undefined;
    this.#process.descriptors.closeAll();
    this.#process.descriptors = parent.descriptors;
    this.#process.pid = parent.pid;
    this.#process.workingDirectory = parent.workingDirectory;
  }

  /** waitpid(2) for a child of this process. A child has always ended, so it never waits. */
  wait(pid: number, options: number): { pid: number; status: number } | number {
    const at = this.#zombies.findIndex((zombie) => pid <= 0 || zombie.pid === pid);
    if (at < 0) return options & WAIT.WNOHANG ? 0 : -ERRNO.ECHILD;
    const [zombie] = this.#zombies.splice(at, 1);
    return { pid: zombie!.pid, status: waitStatus(zombie!.status) };
  }

  /** Whether a pid is that of a child not yet waited for: signals to it have no effect. */
  isZombie(pid: number): boolean {
    return this.#zombies.some((zombie) => zombie.pid === pid);
  }
}
