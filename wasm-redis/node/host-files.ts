import fs from 'node:fs';
import { FileSystem } from '../kernel/file-system.ts';
import { type FileAccess, type FolderInode, type Inode, type RegularInode } from '../kernel/inode.ts';
import { MachineError } from '../machine.ts';
import { errnoOf } from './host-errors.ts';

/**
 * The host's own files, at the paths that they have there; only /dev is the machine's. Every call goes to the host at
 * once, so another program sees what a native server's would.
 */
export class HostFileSystem extends FileSystem {
  override lookup(path: string): Inode | undefined {
    if (isDevice(path)) return super.lookup(path);
    try {
      const stats = fs.statSync(path, { throwIfNoEntry: false });
      if (!stats) return undefined;
      return stats.isDirectory() ? new HostFolder(path, stats) : new HostFile(path, stats.ino);
    } catch (error) {
      errnoOf(error);
      return undefined;
    }
  }

  override createFile(path: string, mode: number): RegularInode | number {
    if (isDevice(path)) return super.createFile(path, mode);
    try {
      const fd = fs.openSync(path, 'wx+', mode);
      return new HostFile(path, fs.fstatSync(fd).ino, fd);
    } catch (error) {
      return errnoOf(error);
    }
  }

  override makeDirectory(path: string, mode: number): number {
    if (isDevice(path)) return super.makeDirectory(path, mode);
    return attempt(() => fs.mkdirSync(path, mode));
  }

  override unlink(path: string): number {
    if (isDevice(path)) return super.unlink(path);
    return attempt(() => fs.unlinkSync(path));
  }

  override removeDirectory(path: string): number {
    if (isDevice(path)) return super.removeDirectory(path);
    return attempt(() => fs.rmdirSync(path));
  }

  override rename(from: string, to: string): number {
    if (isDevice(from) || isDevice(to)) return super.rename(from, to);
    return attempt(() => fs.renameSync(from, to));
  }

  override remember = cannotRemember;
}

/** A regular file of the host. One object for each time that it is looked up, so at most one open description. */
class HostFile implements RegularInode {
  readonly kind = 'file';
  readonly number: number;
  readonly #path: string;
  #fd: number | undefined;

  constructor(path: string, number: number, fd?: number) {
    this.#path = path;
    this.number = number;
    this.#fd = fd;
  }

  get mode(): number {
    return this.#stats().mode;
  }
  set mode(mode: number) {
    changeMode(this.#path, mode);
  }
  get modifiedMs(): number {
    return this.#stats().mtimeMs;
  }
  set modifiedMs(ms: number) {
    fs.utimesSync(this.#path, ms / 1000, ms / 1000);
  }
  get sizeBytes(): number {
    return this.#stats().size;
  }

  open({ readable, writable }: FileAccess): number {
    if (this.#fd !== undefined) return 0;
    const { O_RDWR, O_WRONLY, O_RDONLY } = fs.constants;
    const flags = writable ? (readable ? O_RDWR : O_WRONLY) : O_RDONLY;
    return attempt(() => (this.#fd = fs.openSync(this.#path, flags)));
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  read(offset: number, into: Uint8Array, start: number, count: number): number {
    return counted(() => fs.readSync(this.#open(), into, start, count, offset));
  }

  write(offset: number, from: Uint8Array, start: number, count: number): number {
    return counted(() => fs.writeSync(this.#open(), from, start, count, offset));
  }

  truncate(sizeBytes: number): number {
    const fd = this.#fd;
    return attempt(() => (fd === undefined ? fs.truncateSync(this.#path, sizeBytes) : fs.ftruncateSync(fd, sizeBytes)));
  }

  sync(): number {
    return attempt(() => fs.fsyncSync(this.#open()));
  }

  bytes(): Uint8Array {
    return fs.readFileSync(this.#path);
  }

  remember = cannotRemember;

  #open(): number {
    if (this.#fd === undefined) throw new Error(`${this.#path} is not open.`);
    return this.#fd;
  }

  #stats(): fs.Stats {
    return this.#fd === undefined ? fs.statSync(this.#path) : fs.fstatSync(this.#fd);
  }
}

class HostFolder implements FolderInode {
  readonly kind = 'directory';
  readonly number: number;
  readonly #path: string;
  readonly #mode: number;
  readonly modifiedMs: number;

  constructor(path: string, stats: fs.Stats) {
    this.#path = path;
    this.number = stats.ino;
    this.#mode = stats.mode;
    this.modifiedMs = stats.mtimeMs;
  }

  get mode(): number {
    return this.#mode;
  }
  set mode(mode: number) {
    changeMode(this.#path, mode);
  }

  remember = cannotRemember;

  /** A folder that may not be read looks empty. */
  get entries(): ReadonlyMap<string, Pick<Inode, 'kind' | 'number'>> {
    let entries: fs.Dirent[] = [];
    attempt(() => (entries = fs.readdirSync(this.#path, { withFileTypes: true })));
    return new Map(
      entries.map((entry) => [entry.name, { kind: entry.isDirectory() ? 'directory' : 'file', number: 1 }]),
    );
  }
}

/** Somebody else's file keeps its mode: the kernel's chmod(2) has no way to say so, and Redis never asks. */
function changeMode(path: string, mode: number): void {
  attempt(() => fs.chmodSync(path, mode));
}

/** What is on the host's disk is not the machine's to put back. */
function cannotRemember(): never {
  throw new MachineError('ENOTSUP', "A machine on the host's own files cannot be saved.");
}

function isDevice(path: string): boolean {
  return path === '/dev' || path.startsWith('/dev/');
}

function attempt(action: () => unknown): number {
  try {
    action();
    return 0;
  } catch (error) {
    return errnoOf(error);
  }
}

function counted(action: () => number): number {
  try {
    return action();
  } catch (error) {
    return errnoOf(error);
  }
}
