/** A pointer outside of the process's memory: the system call answers EFAULT. */
export class MemoryFault extends Error {
  override readonly name = 'MemoryFault';
}

const WASM_PAGE_BYTES = 64 * 1024;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * The linear memory of one process, as the kernel reads and writes it. Pointers arrive as signed 32-bit numbers; every
 * access is checked, because a pointer is whatever the program says.
 */
export class LinearMemory {
  #memory: WebAssembly.Memory | undefined;
  /** Replaced when the memory grows: do not keep it across a call into the process. */
  bytes = new Uint8Array(0);
  #view = new DataView(this.bytes.buffer);

  /** The instance exists now, and with it its memory: the calls it imports were made before. */
  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
    this.refresh();
  }

  /** The memory has grown: the old buffer is detached. */
  refresh(): void {
    if (!this.#memory) throw new Error('A process ran before its memory was attached.');
    this.bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
  }

  /** Makes it larger, up to a size of whole WebAssembly pages. */
  grow(bytes: number): void {
    this.#memory?.grow((bytes - this.bytes.length) / WASM_PAGE_BYTES);
    this.refresh();
  }

  /** The start of a range as an index into `bytes`. Throws `MemoryFault` if the range is not inside. */
  range(pointer: number, count: number): number {
    const start = pointer >>> 0;
    if (start + (count >>> 0) > this.bytes.length) throw new MemoryFault(`${count} bytes at ${start}`);
    return start;
  }

  getInt32(pointer: number): number {
    return this.#view.getInt32(this.range(pointer, 4), true);
  }
  setInt32(pointer: number, value: number): void {
    this.#view.setInt32(this.range(pointer, 4), value, true);
  }
  getUint32(pointer: number): number {
    return this.#view.getUint32(this.range(pointer, 4), true);
  }
  setUint32(pointer: number, value: number): void {
    this.#view.setUint32(this.range(pointer, 4), value, true);
  }
  getInt16(pointer: number): number {
    return this.#view.getInt16(this.range(pointer, 2), true);
  }
  setInt16(pointer: number, value: number): void {
    this.#view.setInt16(this.range(pointer, 2), value, true);
  }
  getUint16(pointer: number): number {
    return this.#view.getUint16(this.range(pointer, 2), true);
  }
  getUint8(pointer: number): number {
    return this.#view.getUint8(this.range(pointer, 1));
  }
  setUint8(pointer: number, value: number): void {
    this.#view.setUint8(this.range(pointer, 1), value);
  }
  setFloat64(pointer: number, value: number): void {
    this.#view.setFloat64(this.range(pointer, 8), value, true);
  }
  /** @param value an integer that a double holds exactly. */
  setInt64(pointer: number, value: number): void {
    const start = this.range(pointer, 8);
    this.#view.setUint32(start, value >>> 0, true);
    this.#view.setInt32(start + 4, Math.floor(value / 0x1_0000_0000), true);
  }

  fill(pointer: number, count: number): void {
    const start = this.range(pointer, count);
    this.bytes.fill(0, start, start + count);
  }

  /** A C string. */
  string(pointer: number): string {
    const start = this.range(pointer, 1);
    const end = this.bytes.indexOf(0, start);
    if (end < 0) throw new MemoryFault(`a string at ${start}`);
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** Copies a range out. */
  copy(pointer: number, count: number): Uint8Array {
    const start = this.range(pointer, count);
    return this.bytes.slice(start, start + count);
  }

  write(pointer: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, this.range(pointer, bytes.length));
  }

  /** Writes a C string, with its terminating zero. Returns its size with the zero. */
  writeString(pointer: number, text: string): number {
    const bytes = encoder.encode(`${text}\0`);
    this.write(pointer, bytes);
    return bytes.length;
  }
}
