import type { Machine } from '../../wasm-redis/machine.ts';

/** What the page's machine is doing, for whoever shows it (terminals, Run buttons, the playground's bar). */
export type PageMachineState =
  | { kind: 'idle' }
  /** The engine's files are on their way; `totalBytes` is 0 while unknown. */
  | { kind: 'loading'; receivedBytes: number; totalBytes: number }
  /** The worker is alive; Redis is starting. */
  | { kind: 'booting' }
  | { kind: 'ready' }
  /** The worker's thread has not answered for a while: a server is stuck in a script. Input goes another way. */
  | { kind: 'busy' }
  /** Could not start, or has died. `resetPageMachine` makes a new one. */
  | { kind: 'failed'; error: Error };

/**
 * The machine of this page, booted by the first call: the worker is started, redis-server is spawned as the page's
 * preset says (`machine` in the frontmatter), and the promise resolves once it listens on 6379. Terminals and Run buttons share it.
 * Rejects with `MachineError` when the engine cannot be loaded or Redis does not start; a later call tries again.
 */
export function pageMachine(): Promise<Machine> {
  return Promise.reject(new Error('not yet'));
}

/** Ends the machine, whatever it is doing, and boots a fresh one. Everything that was in it is gone. */
export function resetPageMachine(): Promise<Machine> {
  return Promise.reject(new Error('not yet'));
}

/** Calls the listener at once with the present state and then after each change. Returns what ends that. */
export function watchPageMachine(listener: (state: PageMachineState) => void): () => void {
  listener({ kind: 'idle' });
  return () => {};
}
