import { MachineError } from '../machine.ts';
import type { Call, CallName, Outcome } from './boundary.ts';

/** The ways out of a channel. */
export interface CallRoutes {
  /** Posts a call to the worker; resolves with its receipt. */
  post(call: Call): Promise<void>;
  /** Replaces what a busy worker will find when it asks: all calls without a receipt. */
  leave(calls: readonly Call[]): void;
  /** The worker has not given a receipt for `BUSY_AFTER_MS`, or does so again. */
  busyChanged(busy: boolean): void;
}

/** A responsive worker gives a receipt within a few milliseconds; its slices are shorter than this. */
export const BUSY_AFTER_MS = 100;

/** So that a page which goes on talking to a stuck worker is told so before memory runs out. */
const MOST_WITHOUT_RECEIPT = 4096;

/**
 * Numbers the calls of a page, keeps them until the worker has given a receipt, and pairs results with them. Receipts
 * are in order: one for a call is one for every call before it.
 */
export class CallChannel {
  readonly #routes: CallRoutes;
  readonly #withoutReceipt: Call[] = [];
  readonly #unanswered = new Map<number, PromiseWithResolvers<unknown>>();
  #sequence = 0;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed: Error | undefined;

  constructor(routes: CallRoutes) {
    this.#routes = routes;
  }

  /** Sends a call. Rejects with what the method rejects with, or with the reason of `close`. */
  call(method: CallName, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (this.#withoutReceipt.length >= MOST_WITHOUT_RECEIPT) {
      const found = `expected the engine to take calls, but ${String(MOST_WITHOUT_RECEIPT)} are waiting. Reset it.`;
      return Promise.reject(new MachineError('EBUSY', found));
    }
    const call: Call = { sequence: ++this.#sequence, method, args };
    this.#withoutReceipt.push(call);
    const answer = Promise.withResolvers<unknown>();
    this.#unanswered.set(call.sequence, answer);
    this.#routes.post(call).then(
      () => this.#confirmed(call.sequence),
      (error: unknown) => this.close(error instanceof Error ? error : new Error(String(error))),
    );
    if (this.#busy) this.#routes.leave(this.#withoutReceipt);
    else this.#timer ??= setTimeout(() => this.#noticeBusy(), BUSY_AFTER_MS);
    return answer.promise;
  }

  /** The worker has every call up to this one, says the worker from inside whatever keeps it busy. */
  received(sequence: number): void {
    if ((this.#withoutReceipt[0]?.sequence ?? Infinity) > sequence) return;
    while ((this.#withoutReceipt[0]?.sequence ?? Infinity) <= sequence) this.#withoutReceipt.shift();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy) this.#routes.leave(this.#withoutReceipt);
    if (this.#withoutReceipt.length > 0) this.#timer = setTimeout(() => this.#noticeBusy(), BUSY_AFTER_MS);
  }

  answered(sequence: number, outcome: Outcome): void {
    const answer = this.#unanswered.get(sequence);
    this.#unanswered.delete(sequence);
    if (outcome.kind === 'value') answer?.resolve(outcome.value);
    else if (outcome.code === undefined) answer?.reject(new Error(outcome.message));
    else answer?.reject(new MachineError(outcome.code, outcome.message));
  }

  /** Rejects everything that waits, and every later call, with the reason. */
  close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = reason;
    clearTimeout(this.#timer);
    this.#withoutReceipt.length = 0;
    for (const answer of this.#unanswered.values()) answer.reject(reason);
    this.#unanswered.clear();
  }

  /** A receipt that came as a message, so the worker reads its messages (again). */
  #confirmed(sequence: number): void {
    this.received(sequence);
    if (!this.#busy) return;
    this.#busy = false;
    this.#routes.busyChanged(false);
  }

  #noticeBusy(): void {
    this.#timer = undefined;
    this.#routes.leave(this.#withoutReceipt);
    if (this.#busy) return;
    this.#busy = true;
    this.#routes.busyChanged(true);
  }
}
