import { MachineError, type MachineEvent } from '../../wasm-redis/machine.ts';

export type Rewind = Extract<MachineEvent, { type: 'restored' }>;

/** The times between which a machine is put back, for whoever waits for something in one of them. */
export class Rewinds {
  #next = Promise.withResolvers<Rewind>();

  /** Resolves when the machine is put back. */
  get next(): Promise<Rewind> {
    return this.#next.promise;
  }

  /** The machine was put back. */
  note(event: Rewind): void {
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers<Rewind>();
    resolve(event);
  }

  /** Waits for what comes in this time. In another it never comes, and fails only for another reason than a rewind. */
  async until<Result>(promise: Promise<Result>): Promise<Result> {
    const next = this.#next;
    try {
      const result = await promise;
      if (next === this.#next) return result;
    } catch (error) {
      if (!(error instanceof MachineError && error.code === 'ERESTORED')) throw error;
    }
    return new Promise<never>(() => undefined);
  }
}
