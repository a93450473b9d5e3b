import type { ListenerId, ListenerReference } from './boundary.ts';

type Listener = (...args: never[]) => unknown;

/** The functions of a page that the worker calls by number: they cannot be cloned, and a busy worker cannot await them. */
export class Listeners {
  readonly #byId = new Map<ListenerId, Listener>();
  #lastId = 0;

  /** Replaces functions among the arguments, or among the fields of an argument, by references to them. */
  replaceIn(args: readonly unknown[]): unknown[] {
    return args.map((arg) => {
      if (typeof arg === 'function') return this.#add(arg as Listener);
      if (!isPlainObject(arg)) return arg;
      return Object.fromEntries(
        Object.entries(arg).map(([key, value]) => [
          key,
          typeof value === 'function' ? this.#add(value as Listener) : value,
        ]),
      );
    });
  }

  /** Calls a listener; resolves when it has dealt with the arguments. One that has been released is not an error. */
  async call(id: ListenerId, args: readonly unknown[]): Promise<void> {
    const listener = this.#byId.get(id);
    await listener?.(...(args as never[]));
  }

  release(id: ListenerId): void {
    this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
  }

  #add(listener: Listener): ListenerReference {
    this.#lastId++;
    this.#byId.set(this.#lastId, listener);
    return { listener: this.#lastId };
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
