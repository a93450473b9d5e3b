import type { EventListener, MachineEvent } from '../machine.ts';

/** Passes a machine's events on to those who listen, and to those who wait for one of them. */
export class EventHub {
  readonly #listeners = new Set<EventListener>();
  /** Rejects what waits for an event that will not come any more. */
  readonly #waits = new Set<(reason: Error) => void>();

  subscribe(listener: EventListener): void {
    this.#listeners.add(listener);
  }

  emit(event: MachineEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /**
   * Resolves with what the first event gives for which `match` gives something. Rejects with what `match` throws, and at
   * `close`.
   */
  next<T>(match: (event: MachineEvent) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const over = (): void => {
        this.#listeners.delete(listener);
        this.#waits.delete(reject);
      };
      const listener = (event: MachineEvent): void => {
        let found: T | undefined;
        try {
          found = match(event);
        } catch (error) {
          over();
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        if (found === undefined) return;
        over();
        resolve(found);
      };
      this.#listeners.add(listener);
      this.#waits.add(reject);
    });
  }

  /** No more events. Whoever waits for one is rejected. */
  close(reason: Error): void {
    this.#listeners.clear();
    for (const reject of this.#waits) reject(reason);
    this.#waits.clear();
  }
}
