import { transfer, type Remote } from 'comlink';
import { type DirectMachine } from '../direct/direct-machine.ts';
import { MachineError, type Pid, type SpawnOptions, type TerminalId, type TerminalSize } from '../machine.ts';
import { isListenerReference, type Call, type ListenerId, type Outcome, type Page } from './boundary.ts';
import { OutputGate } from './output-gate.ts';

/**
 * The worker's end of the calls: performs each once, in order, and gives its listeners a function to call that posts to
 * the page.
 */
export class CallPerformer {
  readonly #machine: DirectMachine;
  readonly #page: Remote<Page>;
  readonly #gates = new Map<ListenerId, OutputGate>();
  readonly #terminals = new Map<TerminalId, readonly ListenerId[]>();
  /** Of processes that have ended, but may run again when the machine is put back. */
  readonly #ended = new Map<Pid, readonly ListenerId[]>();
  #performed = 0;

  constructor(machine: DirectMachine, page: Remote<Page>) {
    this.#machine = machine;
    this.#page = page;
  }

  /** The highest sequence number that has been performed. */
  get performed(): number {
    return this.#performed;
  }

  /**
   * Performs a call, unless it came before by the other way.
   *
   * @param busy from inside a busy process
   */
  perform(call: Call, busy = false): void {
    if (call.sequence <= this.#performed) return;
    this.#performed = call.sequence;
    if (call.method === 'acknowledge') {
      const [listener, byteCount] = call.args as [ListenerId, number];
      this.#gates.get(listener)?.acknowledge(byteCount);
      return;
    }
    const listeners: ListenerId[] = [];
    const args = call.args.map((arg) => this.#restoreListeners(arg, listeners));
    if (!busy || !this.#performNow(call, args, listeners)) this.#performLater(call, args, listeners);
  }

  #performLater(call: Call, args: readonly unknown[], listeners: readonly ListenerId[]): void {
    const methods = this.#machine as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    // Some methods throw at once; inside a promise's executor that is a rejection like any other.
    new Promise((resolve) => resolve(methods[call.method]?.(...args))).then(
      (value) => this.#succeeded(call, value, listeners),
      (error: unknown) => this.#failed(call, error, listeners),
    );
  }

  /**
   * Inside a busy process no promise continues, so calls take effect but would be answered when it is over. Those that it
   * takes to open another terminal are answered at once: in it one can type what ends the script. False for other calls.
   */
  #performNow(call: Call, args: readonly unknown[], listeners: readonly ListenerId[]): boolean {
    if (call.method === 'setClockRate' || call.method === 'type') {
      this.#performLater(call, args, listeners);
      // Whether it succeeds is known later, and would be said then: the page takes the first answer.
      this.#answer(call.sequence, { kind: 'value', value: undefined });
      return true;
    }
    if (call.method !== 'openTerminal' && call.method !== 'spawn') return false;
    try {
      const value =
        call.method === 'spawn'
          ? this.#machine.spawnNow(args[0] as SpawnOptions)
          : this.#machine.openTerminalNow(args[0] as TerminalSize, args[1] as (bytes: Uint8Array) => void);
      this.#succeeded(call, value, listeners);
    } catch (error) {
      this.#failed(call, error, listeners);
    }
    return true;
  }

  #succeeded(call: Call, value: unknown, listeners: readonly ListenerId[]): void {
    this.#releaseLater(call, value, listeners);
    this.#answer(call.sequence, { kind: 'value', value });
  }

  #failed(call: Call, error: unknown, listeners: readonly ListenerId[]): void {
    for (const listener of listeners) this.#release(listener);
    this.#answer(call.sequence, toOutcome(error));
  }

  #answer(sequence: number, outcome: Outcome): void {
    const bytes = ownBytes(outcome);
    void this.#page.answered(sequence, bytes ? transfer(outcome, [bytes]) : outcome);
  }

  #restoreListeners(arg: unknown, found: ListenerId[]): unknown {
    if (isListenerReference(arg)) {
      found.push(arg.listener);
      return this.#listener(arg.listener);
    }
    if (typeof arg !== 'object' || arg === null || arg instanceof Uint8Array || Array.isArray(arg)) return arg;
    return Object.fromEntries(Object.entries(arg).map(([key, value]) => [key, this.#restoreListeners(value, found)]));
  }

  #listener(id: ListenerId): (...args: unknown[]) => Promise<void> | undefined {
    const gate = new OutputGate();
    this.#gates.set(id, gate);
    return (first, ...rest) => {
      if (!(first instanceof Uint8Array)) {
        void this.#page.heard(id, [first, ...rest]);
        if (first === null) this.#release(id);
        return undefined;
      }
      // The machine gives its listeners a copy of their own, so the buffer can move instead of being copied once more.
      const wait = gate.pass(first.byteLength);
      void this.#page.heard(id, transfer([first, ...rest], [first.buffer]));
      return wait;
    };
  }

  /** A listener ends with what it listens to. */
  #releaseLater(call: Call, value: unknown, listeners: readonly ListenerId[]): void {
    const release = (ended: readonly ListenerId[]): void => {
      for (const listener of ended) this.#release(listener);
    };
    if (call.method === 'openTerminal') this.#terminals.set(value as TerminalId, listeners);
    if (call.method === 'closeTerminal') release(this.#terminals.get(call.args[0] as TerminalId) ?? []);
    if (call.method === 'spawn' && listeners.length > 0) this.#releaseAtEnd(value as Pid, listeners);
    if ((call.method === 'save' || call.method === 'dropSave') && !this.#machine.hasSaves) {
      const ended = [...this.#ended];
      this.#ended.clear();
      for (const [pid, listening] of ended) this.#releaseAtEnd(pid, listening);
    }
  }

  #releaseAtEnd(pid: Pid, listeners: readonly ListenerId[]): void {
    // Rejected: the machine was put back to a time before it, and may be put forward again.
    const over = (): void => {
      if (this.#machine.hasSaves) this.#ended.set(pid, listeners);
      else for (const listener of listeners) this.#release(listener);
    };
    this.#machine.exited(pid).then(over, over);
  }

  #release(listener: ListenerId): void {
    this.#gates.get(listener)?.open();
    if (this.#gates.delete(listener)) void this.#page.released(listener);
  }
}

/** A buffer in a result that nobody here keeps, so that it can move instead of being copied: that of a `Captured`. */
function ownBytes(outcome: Outcome): ArrayBuffer | undefined {
  if (outcome.kind !== 'value' || typeof outcome.value !== 'object' || outcome.value === null) return undefined;
  const { bytes } = outcome.value as { bytes?: unknown };
  return bytes instanceof Uint8Array ? (bytes.buffer as ArrayBuffer) : undefined;
}

function toOutcome(error: unknown): Outcome {
  const code = error instanceof MachineError ? error.code : undefined;
  return { kind: 'error', code, message: error instanceof Error ? error.message : String(error) };
}
