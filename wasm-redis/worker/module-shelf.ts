import type { ModuleName } from '../machine.ts';

/** Where modules come from. */
export interface ModuleSource {
  /** Fetches and compiles a module; `onProgress` gets the bytes that have arrived so far. */
  fetch(file: ModuleName, onProgress: (receivedBytes: number) => void): Promise<WebAssembly.Module>;
  /** The size of a module's file. */
  sizeBytes(file: ModuleName): number;
}

/** Is told how far all modules together have come that have been asked for. */
export type LoadingListener = (receivedBytes: number, totalBytes: number) => void;

/** Modules by their names, each fetched and compiled once. */
export class ModuleShelf {
  readonly #source: ModuleSource;
  readonly #received = new Map<ModuleName, number>();
  readonly #modules = new Map<ModuleName, Promise<WebAssembly.Module>>();
  #listener: LoadingListener | undefined;

  constructor(source: ModuleSource) {
    this.#source = source;
  }

  /**
   * Rejects with what fetching rejects with; the next to ask for it tries again.
   *
   * @param listener takes the place of the one before: of a machine that has been reset
   */
  load(file: ModuleName, listener?: LoadingListener): Promise<WebAssembly.Module> {
    this.#listener = listener;
    const known = this.#modules.get(file);
    if (known) return known;
    // From the beginning part of the whole, though its first bytes may come after another's last.
    this.#received.set(file, 0);
    const loading = this.#source.fetch(file, (receivedBytes) => {
      this.#received.set(file, receivedBytes);
      this.#listener?.(
        sum(this.#received.values()),
        sum([...this.#received.keys()].map((name) => this.#source.sizeBytes(name))),
      );
    });
    this.#modules.set(file, loading);
    loading.catch(() => this.#modules.delete(file));
    return loading;
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, next) => total + next, 0);
}
