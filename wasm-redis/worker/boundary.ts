import type { ProxyMarked } from 'comlink';
import type { StartProgress } from '../lab/start-topology.ts';
import type { Topology } from '../lab/topology.ts';
import type { Machine, MachineOptions, ModuleName } from '../machine.ts';

/**
 * What the two sides of the worker boundary say to each other. Both directions go over comlink; the machine's methods
 * are derived from `Machine`, so that nothing is declared twice.
 *
 * Every call of a `Machine` method carries a sequence number. It is posted to the worker at once, and once more
 * through the service worker if the worker does not confirm it soon: a thread that is inside a long script
 * cannot read its messages, but it can make a synchronous request (see busy-input.ts). The number tells a repeated
 * call from a new one, so nothing is typed twice.
 */
export interface Engine {
  /** Makes the machine. Rejects with `MachineError` when saved files cannot be had. */
  start(options: EngineOptions, page: Page & ProxyMarked): Promise<void>;
  /**
   * Starts a lab on the machine, as `startTopology` does, on this side: it is some hundred questions to the nodes, and none of
   * them has to cross the boundary. The nodes' processes are found by `Lab.locate`. May be called before `start` has resolved,
   * unless that restores files. Rejects with an error of the same words.
   */
  startTopology(topology: Topology, onProgress: StartListener & ProxyMarked): Promise<void>;
  /** Performs a call unless it has been performed. Resolves when it has been received; `Page.answered` brings the result. */
  perform(call: Call): Promise<void>;
  /** Writes what has not been saved yet. Resolves when it is safe, or at once if nothing is being saved. */
  save(): Promise<void>;
}

/** Is told how far the start of a lab is. */
export type StartListener = (progress: StartProgress) => void;

/** What the worker asks of the page, and tells it. */
export interface Page {
  /**
   * A compiled module. The page has it compiled, as it can begin while this worker's script is still on its way, and keeps it for
   * the worker that comes after a reset. Rejects with `MachineError` when it cannot be had.
   */
  module(file: ModuleName): Promise<WebAssembly.Module>;
  /** Only from a busy worker, whose receipts by comlink would come too late: it has every call up to this one. */
  received(sequence: number): void;
  answered(sequence: number, outcome: Outcome): void;
  /** A listener that was passed in a call is called. */
  heard(listener: ListenerId, args: readonly unknown[]): void;
  /** A listener will not be called again. */
  released(listener: ListenerId): void;
  saving(state: SavingState): void;
}

export type EngineOptions = Omit<MachineOptions, 'loadModule'> & {
  /** Modules that will be needed soon, the first one first; all others are loaded when a program of theirs is spawned first. */
  preload: readonly ModuleName[];
  /** The address, answered by the service worker, from which a busy worker fetches calls. */
  busyInputUrl: string;
  /** Keeps the machine's files in the browser's storage under this name; `fresh` forgets what was saved before. */
  save?: { name: string; fresh: boolean };
};

/** How saving goes, for a line of text on the page. */
export type SavingState =
  | { kind: 'saved' }
  | { kind: 'other-tab' }
  /** Storage is full or refused. `message` says what happened and what to do. */
  | { kind: 'failed'; message: string };

/** A `Machine` method with its arguments, functions among them replaced by listeners. */
export interface Call {
  sequence: number;
  method: CallName;
  args: readonly unknown[];
}

/** Besides the machine's methods, `acknowledge(listener, byteCount)` says that a listener has dealt with its bytes. */
export type CallName = keyof Machine | 'acknowledge';

export type ListenerId = number;

/** Stands for a function of the page inside a call. */
export interface ListenerReference {
  listener: ListenerId;
}

export type Outcome = { kind: 'value'; value: unknown } | { kind: 'error'; code: string | undefined; message: string };

/** True for what `ListenerReference` looks like after it has been cloned. */
export function isListenerReference(value: unknown): value is ListenerReference {
  return typeof value === 'object' && value !== null && 'listener' in value && Object.keys(value).length === 1;
}
