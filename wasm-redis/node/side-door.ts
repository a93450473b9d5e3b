import { type ChildProcess, spawn } from 'node:child_process';
import { readSync } from 'node:fs';
import { type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ERRNO } from '../build/abi.ts';
import { descriptorOf } from './handles.ts';
import { errnoOf } from './host-errors.ts';
import { sleep } from './standard-output.ts';

const KEEPER = fileURLToPath(new URL('./side-door-keeper.ts', import.meta.url));
/** Clients that can come while the server keeps its thread. */
const PIPES = 8;
/** Standard input, output and error, then the listener. */
const LISTENER = 3;
/** The keeper answers in less than a millisecond, unless the computer is very busy; longer nobody waits for it. */
const ANSWER_MS = 200;
const PAUSE_MS = 0.2;

/**
 * Lets new clients in while the server keeps the thread, as one that is stuck in a script: Node accepts connections in
 * its event loop only. Another process accepts in its place, from the same listener, and passes each on through a pipe,
 * which can be read without an event loop.
 */
export class SideDoor {
  /** The pipes. Nothing has been read from them; who takes them must do so at once. */
  readonly pipes: readonly Socket[];
  readonly #keeper: ChildProcess;

  constructor(server: Server) {
    const pipes = Array.from({ length: PIPES }, (_, at) => LISTENER + 1 + at);
    const args = [KEEPER, LISTENER, ...pipes].map(String);
    this.#keeper = spawn(process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit', descriptorOf(server), ...pipes.map(() => 'pipe' as const)],
    });
    this.pipes = pipes.map((fd) => this.#keeper.stdio[fd] as Socket);
    // Without it new clients wait, as they would natively with a full backlog.
    this.#keeper.on('error', (error) => console.error(`redis-server: no side door: ${error.message}`));
    this.#keeper.unref();
  }

  /**
   * The server hears by itself again, or nobody does: when this returns, no more clients come in by this way. Who has
   * come keeps it.
   */
  close(): void {
    this.#keeper.kill('SIGTERM');
    const answer = descriptorOf(this.#keeper.stdout as Socket);
    for (let waitedMs = 0; waitedMs < ANSWER_MS && !answered(answer); waitedMs += PAUSE_MS) sleep(PAUSE_MS);
  }
}

/** Whether it has said that it has closed the listener, or has ended. */
function answered(fd: number): boolean {
  if (fd < 0) return true;
  try {
    readSync(fd, Buffer.alloc(1));
    return true;
  } catch (error) {
    return errnoOf(error) !== -ERRNO.EAGAIN;
  }
}
