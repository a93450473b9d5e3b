import { Asyncify, type AsyncifyExports } from './asyncify.ts';
import type { LinearMemory } from './memory.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** What a program's module exports to the kernel. Servers have a step; programs that block have been asyncified. */
export interface ProgramExports extends Partial<AsyncifyExports> {
  memory: WebAssembly.Memory;
  __indirect_function_table: WebAssembly.Table;
  _start(): void;
  malloc(bytes: number): number;
  deliver_signal(signal: number): number;
  /** The one mutable global that survives a run. */
  stackSave(): number;
  stackRestore(pointer: number): void;
  step?(): void;
  fork_resume?(pid: number): void;
}

/** A program's module with its imports and a memory of its own. Put back, it may go on in another WebAssembly instance. */
export class ProgramInstance implements Part {
  readonly #module: WebAssembly.Module;
  readonly #imports: WebAssembly.Imports;
  readonly #memory: LinearMemory;
  readonly asyncify: Asyncify | undefined;
  exports: ProgramExports;

  /** @param memory shall show the linear memory of whichever WebAssembly instance there is */
  constructor(module: WebAssembly.Module, imports: WebAssembly.Imports, memory: LinearMemory) {
    this.#module = module;
    this.#imports = imports;
    this.#memory = memory;
    this.exports = this.#instantiate();
    this.asyncify = this.exports.asyncify_get_state ? new Asyncify(this.exports as AsyncifyExports) : undefined;
  }

  remember(snapshot: Snapshot): () => void {
    const memory = this.#memory;
    const stackPointer = this.exports.stackSave();
    const pages = snapshot.pages(this, memory.bytes, memory.bytes.length);
    snapshot.add(this.asyncify);
    return () => {
      // A memory cannot shrink, and of what a trap leaves behind not everything can be put back: then another instance.
      if (memory.bytes.length !== pages.length || this.asyncify?.atRest === false) {
        this.exports = this.#instantiate();
        this.asyncify?.attach(this.exports as AsyncifyExports);
        memory.grow(pages.length);
      }
      pages.copyTo(memory.bytes);
      this.exports.stackRestore(stackPointer);
    };
  }

  #instantiate(): ProgramExports {
    const exports = new WebAssembly.Instance(this.#module, this.#imports).exports as unknown as ProgramExports;
    this.#memory.attach(exports.memory);
    return exports;
  }
}
