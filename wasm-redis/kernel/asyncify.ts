import type { Part } from './snapshot.ts';

/** What `wasm-opt --asyncify` adds to a module (Binaryen, src/passes/Asyncify.cpp). */
export interface AsyncifyExports {
  memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  asyncify_start_unwind(area: number): void;
  asyncify_stop_unwind(): void;
  asyncify_start_rewind(area: number): void;
  asyncify_stop_rewind(): void;
  asyncify_get_state(): number;
}

const UNWINDING = 1;
const REWINDING = 2;
/** Frames of a suspended program. redis-cli's deepest wait, inside a cluster command, took 2.5 kB. */
const STACK_BYTES = 64 * 1024;

/** Suspends a program inside an import and brings it back there: its stack is unwound into linear memory and rewound. */
export class Asyncify implements Part {
  #exports: AsyncifyExports;
  #area = 0;

  constructor(exports: AsyncifyExports) {
    this.#exports = exports;
  }

  /** The program goes on in another instance, which has the same memory. */
  attach(exports: AsyncifyExports): void {
    this.#exports = exports;
  }

  /** Whether the instance is in the middle of neither: always so between runs, unless one has trapped there. */
  get atRest(): boolean {
    return this.#exports.asyncify_get_state() === 0;
  }

  /** The frames themselves are in linear memory. */
  remember(): () => void {
    const area = this.#area;
    return () => void (this.#area = area);
  }

  /** In an import: returns to the program, which then returns all the way out. */
  unwind(): void {
    this.#exports.asyncify_start_unwind(this.#stackArea());
  }

  /** After the entry function has returned: whether the program was suspended (if not, it is over). */
  finishUnwind(): boolean {
    if (this.#exports.asyncify_get_state() !== UNWINDING) return false;
    this.#exports.asyncify_stop_unwind();
    return true;
  }

  /** Before the entry function is called again. */
  startRewind(): void {
    this.#exports.asyncify_start_rewind(this.#area);
  }

  /** In an import at which a program can be suspended: whether it was, and is there again. */
  finishRewind(): boolean {
    if (this.#exports.asyncify_get_state() !== REWINDING) return false;
    this.#exports.asyncify_stop_rewind();
    return true;
  }

  /** The area begins with two pointers, to its first free byte and its end. */
  #stackArea(): number {
    if (this.#area === 0) this.#area = this.#exports.malloc(8 + STACK_BYTES);
    const words = new Uint32Array(this.#exports.memory.buffer, this.#area, 2);
    words[0] = this.#area + 8;
    words[1] = this.#area + 8 + STACK_BYTES;
    return this.#area;
  }
}
