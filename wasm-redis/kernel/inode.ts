import { ERRNO } from '../build/abi.ts';
import type { Clock } from './clock.ts';
import { type Part, rememberMap, type Snapshot } from './snapshot.ts';

/** A file lies in memory. A program that asks for more meets a full disk, not the host's limit. */
const FILE_BYTES_MAX = 2 ** 30;
/** The unit in which changes are reported to whoever mirrors the files. */
export const CHUNK_BYTES = 64 * 1024;

/**
 * What the system calls need of a regular file: `FileInode`, or the launcher's file of the host's disk. Offsets and sizes
 * are bytes; results are counts or 0, or negative errnos.
 */
export interface RegularInode extends Part {
  readonly kind: 'file';
  readonly number: number;
  mode: number;
  modifiedMs: number;
  readonly sizeBytes: number;
  /** Before the first transfer, once for each open file description; `close` after the last. */
  open(access: FileAccess): number;
  close(): void;
  read(offset: number, into: Uint8Array, start: number, count: number): number;
  write(offset: number, from: Uint8Array, start: number, count: number): number;
  /** Cuts off, or extends with zeros. */
  truncate(sizeBytes: number): number;
  /** fsync(2). */
  sync(): number;
  /** Everything, copied. */
  bytes(): Uint8Array;
}

export interface FileAccess {
  readable: boolean;
  writable: boolean;
}

/** The same for a folder. */
export interface FolderInode extends Part {
  readonly kind: 'directory';
  readonly number: number;
  mode: number;
  modifiedMs: number;
  readonly entries: ReadonlyMap<string, Pick<Inode, 'kind' | 'number'>>;
}

/** What a range of a file held before it was overwritten, since the last fsync. */
interface Undo {
  offset: number;
  bytes: Uint8Array;
  sizeBytes: number;
}

/**
 * A regular file's contents.
 *
 * It remembers what fsync has made durable: a power failure takes everything later back. It also remembers which
 * 64 KiB chunks have changed since they were last asked for, so that a mirror need not copy whole files.
 */
export class FileInode implements RegularInode {
  readonly kind = 'file';
  readonly number: number;
  mode: number;
  modifiedMs: number;
  sizeBytes = 0;
  readonly #clock: Clock;
  #content = new Uint8Array(0);
  #undo: Undo[] = [];
  #changedChunks = new Set<number>();

  constructor(number: number, mode: number, clock: Clock) {
    this.number = number;
    this.mode = mode;
    this.#clock = clock;
    this.modifiedMs = clock.wallUs() / 1000;
  }

  open(): number {
    return 0;
  }

  close(): void {}

  read(offset: number, into: Uint8Array, start: number, count: number): number {
    const taken = Math.max(0, Math.min(count, this.sizeBytes - offset));
    if (taken > 0) into.set(this.#content.subarray(offset, offset + taken), start);
    return taken;
  }

  write(offset: number, from: Uint8Array, start: number, count: number): number {
    if (count === 0) return 0;
    if (offset + count > FILE_BYTES_MAX) return -ERRNO.ENOSPC;
    this.#remember(offset, offset + count);
    this.#reserve(offset + count);
    this.#content.set(from.subarray(start, start + count), offset);
    this.#changed(Math.min(offset, this.sizeBytes), offset + count);
    if (offset + count > this.sizeBytes) this.sizeBytes = offset + count;
    return count;
  }

  truncate(sizeBytes: number): number {
    if (sizeBytes < 0) return -ERRNO.EINVAL;
    if (sizeBytes > FILE_BYTES_MAX) return -ERRNO.ENOSPC;
    this.#remember(Math.min(sizeBytes, this.sizeBytes), Math.max(sizeBytes, this.sizeBytes));
    this.#reserve(sizeBytes);
    if (sizeBytes < this.sizeBytes) this.#content.fill(0, sizeBytes, this.sizeBytes);
    this.#changed(Math.min(sizeBytes, this.sizeBytes), Math.max(sizeBytes, this.sizeBytes));
    this.sizeBytes = sizeBytes;
    return 0;
  }

  bytes(): Uint8Array {
    return this.#content.slice(0, this.sizeBytes);
  }

  /** A chunk of `CHUNK_BYTES` (the last one is shorter), copied. */
  chunk(index: number): Uint8Array {
    return this.#content.slice(index * CHUNK_BYTES, Math.min(this.sizeBytes, (index + 1) * CHUNK_BYTES));
  }

  /** What is here now survives a power failure. */
  sync(): number {
    this.#undo = [];
    return 0;
  }

  /** Takes back what was written since the last fsync. */
  revertToDurable(): void {
    for (const undo of this.#undo.reverse()) {
      this.#reserve(undo.sizeBytes);
      this.#content.fill(0, undo.sizeBytes, Math.max(undo.sizeBytes, this.sizeBytes));
      this.#content.set(undo.bytes, undo.offset);
      this.#changed(Math.min(undo.offset, undo.sizeBytes), Math.max(undo.sizeBytes, this.sizeBytes));
      this.sizeBytes = undo.sizeBytes;
    }
    this.#undo = [];
  }

  remember(snapshot: Snapshot): () => void {
    const { mode, modifiedMs, sizeBytes } = this;
    const pages = snapshot.pages(this, this.#content, sizeBytes);
    const undo = [...this.#undo];
    return () => {
      this.mode = mode;
      this.#undo = [...undo];
      if (!pages.equals(this.#content, this.sizeBytes)) {
        // For a mirror. Chunks that were reported since the save may differ, whoever has changed them.
        this.#changed(0, Math.max(sizeBytes, this.sizeBytes));
        this.#content = new Uint8Array(sizeBytes);
        pages.copyTo(this.#content);
        this.sizeBytes = sizeBytes;
      }
      this.modifiedMs = modifiedMs;
    };
  }

  /** Indices of the chunks that changed since the last call, ascending. */
  takeChangedChunks(): number[] {
    const chunks = [...this.#changedChunks].filter((index) => index * CHUNK_BYTES < this.sizeBytes);
    this.#changedChunks = new Set();
    return chunks.sort((a, b) => a - b);
  }

  get changed(): boolean {
    return this.#changedChunks.size > 0;
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#content.length) return;
    const grown = new Uint8Array(Math.max(capacity, this.#content.length * 2, 4096));
    grown.set(this.#content.subarray(0, this.sizeBytes));
    this.#content = grown;
  }

  #remember(from: number, to: number): void {
    const last = this.#undo.at(-1);
    const end = Math.min(to, this.sizeBytes);
    // Appending after an append: the older entry restores the size already.
    if (last && from >= this.sizeBytes && last.sizeBytes <= from) return;
    const bytes = this.#content.slice(Math.min(from, end), end);
    this.#undo.push({ offset: Math.min(from, end), bytes, sizeBytes: this.sizeBytes });
  }

  #changed(from: number, to: number): void {
    this.modifiedMs = this.#clock.wallUs() / 1000;
    for (let index = Math.floor(from / CHUNK_BYTES); index * CHUNK_BYTES < to || index === 0; index++) {
      this.#changedChunks.add(index);
    }
  }
}

export class DirectoryInode implements FolderInode {
  readonly kind = 'directory';
  readonly number: number;
  mode: number;
  modifiedMs: number;
  readonly entries = new Map<string, MemoryInode>();

  constructor(number: number, mode: number, modifiedMs: number) {
    this.number = number;
    this.mode = mode;
    this.modifiedMs = modifiedMs;
  }

  remember(snapshot: Snapshot): () => void {
    const { mode, modifiedMs } = this;
    const restoreEntries = rememberMap(this.entries);
    for (const entry of this.entries.values()) snapshot.add(entry);
    return () => {
      restoreEntries();
      this.mode = mode;
      this.modifiedMs = modifiedMs;
    };
  }
}

/** /dev/null and its like. */
export class DeviceInode implements Part {
  readonly kind = 'device';
  readonly number: number;
  readonly device: 'null' | 'random';
  mode = 0o666;
  modifiedMs = 0;
  constructor(number: number, device: 'null' | 'random') {
    this.number = number;
    this.device = device;
  }

  remember(): () => void {
    const { mode, modifiedMs } = this;
    return () => void Object.assign(this, { mode, modifiedMs });
  }
}

/** What a folder in memory holds. */
export type MemoryInode = FileInode | DirectoryInode | DeviceInode;

export type Inode = RegularInode | FolderInode | DeviceInode;
