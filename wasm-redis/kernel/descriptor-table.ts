import type { OpenFile } from './open-file.ts';
import { type Part, rememberArray, type Snapshot } from './snapshot.ts';

/** Linux's usual hard limit is far higher; Redis asks for maxclients + 32. */
export const DESCRIPTORS_MAX = 10240;

/** The descriptors of a process: small numbers, lowest free first, each owning one reference to an open file. */
export class DescriptorTable implements Part {
  readonly #files: (OpenFile | undefined)[];
  #lowestFree = 0;

  constructor(files: (OpenFile | undefined)[] = []) {
    this.#files = files;
  }

  get(fd: number): OpenFile | undefined {
    return this.#files[fd];
  }

  /** Takes over the caller's reference. Returns the descriptor, or undefined if the table is full. */
  add(file: OpenFile): number | undefined {
    let fd = this.#lowestFree;
    while (this.#files[fd]) fd++;
    if (fd >= DESCRIPTORS_MAX) return undefined;
    this.#files[fd] = file;
    this.#lowestFree = fd + 1;
    return fd;
  }

  /** dup2(2): `fd` becomes a second reference to the file, closing what it was. */
  assign(fd: number, file: OpenFile): void {
    file.retain();
    this.close(fd);
    this.#files[fd] = file;
  }

  /** False if there is no such descriptor. */
  close(fd: number): boolean {
    const file = this.#files[fd];
    if (!file) return false;
    this.#files[fd] = undefined;
    if (fd < this.#lowestFree) this.#lowestFree = fd;
    file.release();
    return true;
  }

  /** A second table with references of its own to the same files: what fork() gives the child. */
  duplicate(): DescriptorTable {
    for (const file of this.#files) file?.retain();
    return new DescriptorTable([...this.#files]);
  }

  closeAll(): void {
    for (let fd = 0; fd < this.#files.length; fd++) this.close(fd);
  }

  remember(snapshot: Snapshot): () => void {
    const lowestFree = this.#lowestFree;
    const restoreFiles = rememberArray(this.#files);
    for (const file of this) snapshot.add(file);
    return () => {
      restoreFiles();
      this.#lowestFree = lowestFree;
    };
  }

  *[Symbol.iterator](): Generator<OpenFile> {
    for (const file of this.#files) if (file) yield file;
  }
}
