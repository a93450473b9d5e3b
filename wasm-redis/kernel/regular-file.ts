import { ERRNO, POLL, SEEK } from '../build/abi.ts';
import { type Disk, fitting, resized } from './disk.ts';
import type { FolderInode, RegularInode } from './inode.ts';
import { OpenFile } from './open-file.ts';
import type { Snapshot } from './snapshot.ts';

/** What is open and lies in the file system: it is always ready, and has a position. */
abstract class OpenInode<Kind extends FolderInode | RegularInode> extends OpenFile {
  readonly inode: Kind;
  position = 0;

  constructor(inode: Kind) {
    super();
    this.inode = inode;
  }

  readiness(): number {
    return POLL.POLLIN | POLL.POLLOUT;
  }

  override remember(snapshot: Snapshot): () => void {
    const restoreFile = super.remember(snapshot);
    snapshot.add(this.inode);
    const { position } = this;
    return () => {
      restoreFile();
      this.position = position;
    };
  }
}

/** An open regular file, with its position. */
export class RegularFile extends OpenInode<RegularInode> {
  readonly type = 'file';
  readonly disk: Disk;
  readonly #append: boolean;
  readonly #readable: boolean;
  readonly #writable: boolean;

  /** @param inode already opened */
  constructor(inode: RegularInode, disk: Disk, access: { append: boolean; readable: boolean; writable: boolean }) {
    super(inode);
    this.disk = disk;
    this.#append = access.append;
    this.#readable = access.readable;
    this.#writable = access.writable;
  }

  read(into: Uint8Array, start: number, count: number): number {
    if (!this.#readable) return -ERRNO.EBADF;
    const taken = this.inode.read(this.position, into, start, count);
    if (taken > 0) this.position += taken;
    return taken;
  }

  write(from: Uint8Array, start: number, count: number): number {
    if (!this.#writable) return -ERRNO.EBADF;
    if (this.#append) this.position = this.inode.sizeBytes;
    if (this.disk.freeBytes !== Infinity) return this.#writeLimited(from, start, count);
    const taken = this.inode.write(this.position, from, start, count);
    if (taken > 0) this.position += taken;
    return taken;
  }

  #writeLimited(from: Uint8Array, start: number, count: number): number {
    const { sizeBytes } = this.inode;
    const fits = fitting(this.disk, sizeBytes, this.position, count);
    if (fits === 0 && count > 0) return -ERRNO.ENOSPC;
    const taken = this.inode.write(this.position, from, start, fits);
    if (taken > 0) this.position += taken;
    resized(this.disk, sizeBytes, this.inode.sizeBytes);
    return taken;
  }

  /** lseek(2). Returns the new position or a negative errno. */
  seek(offset: number, whence: number): number {
    const base = whence === SEEK.SEEK_SET ? 0 : whence === SEEK.SEEK_CUR ? this.position : this.inode.sizeBytes;
    if (base + offset < 0) return -ERRNO.EINVAL;
    return (this.position = base + offset);
  }

  protected onLastClose(): void {
    this.inode.close();
  }
}

/** An open folder, for getdents(2) and fsync(2). */
export class OpenDirectory extends OpenInode<FolderInode> {
  readonly type = 'directory';
  /** Names as they were when the folder was opened; what is created meanwhile is not seen. */
  readonly names: readonly string[];

  constructor(inode: FolderInode) {
    super(inode);
    this.names = ['.', '..', ...inode.entries.keys()];
  }
  read(): number {
    return -ERRNO.EISDIR;
  }
  write(): number {
    return -ERRNO.EBADF;
  }
  protected onLastClose(): void {}
}
