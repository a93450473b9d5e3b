import { ERRNO } from '../build/abi.ts';
import type { Clock } from './clock.ts';
import { DeviceInode, DirectoryInode, FileInode, type Inode, type MemoryInode, type RegularInode } from './inode.ts';
import type { Part, Snapshot } from './snapshot.ts';

/** Where a path leads: the folder it is in, its last name, and what is there (if anything). */
interface Place {
  folder: DirectoryInode;
  name: string;
  inode: MemoryInode | undefined;
}

/** One file whose contents, or place, are not what they were when changes were last taken. */
export interface FileChange {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  chunks: { index: number; bytes: Uint8Array }[];
}

/**
 * The machine's disk: folders and files in memory. Paths are absolute and already resolved (`resolvePath`).
 *
 * Contents are durable once fsynced (see `FileInode`). Names are durable at once, as on a journaling file system that
 * orders its metadata; so what can be lost is data, never a rename.
 *
 * Results are 0 or a negative errno unless said otherwise. The launcher overrides what deals with one path.
 */
export class FileSystem implements Part {
  readonly root: DirectoryInode;
  readonly #clock: Clock;
  #nextNumber = 2;
  #reported = new Map<string, FileInode>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.root = new DirectoryInode(1, 0o755, clock.wallUs() / 1000);
    for (const folder of ['/data', '/tmp', '/etc', '/dev', '/root']) this.#makeDirectory(folder, 0o755);
    const dev = this.#lookup('/dev') as DirectoryInode;
    dev.entries.set('null', new DeviceInode(this.#nextNumber++, 'null'));
    for (const name of ['random', 'urandom']) dev.entries.set(name, new DeviceInode(this.#nextNumber++, 'random'));
  }

  lookup(path: string): Inode | undefined {
    return this.#lookup(path);
  }

  /** Returns the new file, or a negative errno: ENOENT (no such folder), EEXIST. */
  createFile(path: string, mode: number): RegularInode | number {
    const place = this.#place(path);
    if (!place) return -ERRNO.ENOENT;
    if (place.inode) return -ERRNO.EEXIST;
    const file = new FileInode(this.#nextNumber++, mode, this.#clock);
    this.#enter(place, file);
    return file;
  }

  makeDirectory(path: string, mode: number): number {
    return this.#makeDirectory(path, mode);
  }

  #makeDirectory(path: string, mode: number): number {
    const place = this.#place(path);
    if (!place) return path === '/' ? -ERRNO.EEXIST : -ERRNO.ENOENT;
    if (place.inode) return -ERRNO.EEXIST;
    this.#enter(place, new DirectoryInode(this.#nextNumber++, mode, this.#clock.wallUs() / 1000));
    return 0;
  }

  /** Makes a folder and those it is in. False if a file is in the way. */
  makeDirectories(path: string): boolean {
    let made = '';
    for (const name of path.split('/').filter(Boolean)) {
      made += `/${name}`;
      this.makeDirectory(made, 0o755);
      if (this.lookup(made)?.kind !== 'directory') return false;
    }
    return true;
  }

  unlink(path: string): number {
    const place = this.#place(path);
    if (!place?.inode) return -ERRNO.ENOENT;
    if (place.inode.kind === 'directory') return -ERRNO.EISDIR;
    this.#remove(place);
    return 0;
  }

  removeDirectory(path: string): number {
    const place = this.#place(path);
    if (!place?.inode) return -ERRNO.ENOENT;
    if (place.inode.kind !== 'directory') return -ERRNO.ENOTDIR;
    if (place.inode.entries.size > 0) return -ERRNO.ENOTEMPTY;
    this.#remove(place);
    return 0;
  }

  /** Removes whatever is there, with all that is in it. */
  removeTree(path: string): number {
    const place = this.#place(path);
    if (!place?.inode) return -ERRNO.ENOENT;
    this.#remove(place);
    return 0;
  }

  /** rename(2): replaces a file of the new name atomically. */
  rename(from: string, to: string): number {
    const source = this.#place(from);
    const target = this.#place(to);
    if (!source?.inode || !target) return -ERRNO.ENOENT;
    if (source.inode === target.inode) return 0;
    if (target.inode?.kind === 'directory') {
      if (source.inode.kind !== 'directory') return -ERRNO.EISDIR;
      if (target.inode.entries.size > 0) return -ERRNO.ENOTEMPTY;
    } else if (target.inode && source.inode.kind === 'directory') return -ERRNO.ENOTDIR;
    if (`${to}/`.startsWith(`${from}/`)) return -ERRNO.EINVAL;
    this.#remove(source);
    this.#enter(target, source.inode);
    return 0;
  }

  /** Every regular file at or below a folder, sorted by path. */
  files(folder = '/'): { path: string; inode: FileInode }[] {
    const found: { path: string; inode: FileInode }[] = [];
    const walk = (path: string, inode: MemoryInode): void => {
      if (inode.kind === 'file') found.push({ path, inode });
      if (inode.kind !== 'directory') return;
      for (const [name, child] of inode.entries) walk(path === '/' ? `/${name}` : `${path}/${name}`, child);
    };
    const start = this.#lookup(folder);
    if (start) walk(folder, start);
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Writes a whole file, making folders on the way; durable at once. False if a folder or file is in the way. */
  store(path: string, bytes: Uint8Array, modifiedMs?: number): boolean {
    if (!this.makeDirectories(path.slice(0, path.lastIndexOf('/')) || '/')) return false;
    const known = this.lookup(path);
    const file = known ?? this.createFile(path, 0o644);
    if (typeof file === 'number' || file.kind !== 'file') return false;
    file.truncate(0);
    file.write(0, bytes, 0, bytes.length);
    file.sync();
    if (modifiedMs !== undefined) file.modifiedMs = modifiedMs;
    return true;
  }

  /** The power fails: contents go back to what was fsynced. */
  revertToDurable(): void {
    for (const { inode } of this.files()) inode.revertToDurable();
  }

  /** What differs from the last call: for a mirror. A file that is new at its path comes whole. */
  takeChanges(): { removed: string[]; changed: FileChange[] } {
    const now = new Map(this.files().map(({ path, inode }) => [path, inode]));
    const removed = [...this.#reported.keys()].filter((path) => !now.has(path));
    const changed: FileChange[] = [];
    for (const [path, inode] of now) {
      const isNew = this.#reported.get(path) !== inode;
      if (!isNew && !inode.changed) continue;
      const indices = inode.takeChangedChunks();
      const all = isNew ? Array.from({ length: Math.ceil(inode.sizeBytes / 65536) }, (_, index) => index) : indices;
      changed.push({
        path,
        sizeBytes: inode.sizeBytes,
        modifiedMs: inode.modifiedMs,
        chunks: all.map((index) => ({ index, bytes: inode.chunk(index) })),
      });
    }
    this.#reported = now;
    return { removed, changed };
  }

  /** All but what has been reported to a mirror: that is what the mirror has, and it is not put back. */
  remember(snapshot: Snapshot): () => void {
    const nextNumber = this.#nextNumber;
    snapshot.add(this.root);
    return () => void (this.#nextNumber = nextNumber);
  }

  #lookup(path: string): MemoryInode | undefined {
    return this.#place(path)?.inode ?? (path === '/' ? this.root : undefined);
  }

  #place(path: string): Place | undefined {
    const names = path.split('/').filter(Boolean);
    const name = names.pop();
    if (name === undefined) return undefined;
    let folder = this.root;
    for (const step of names) {
      const next = folder.entries.get(step);
      if (next?.kind !== 'directory') return undefined;
      folder = next;
    }
    return { folder, name, inode: folder.entries.get(name) };
  }

  #enter(place: Place, inode: MemoryInode): void {
    place.folder.entries.set(place.name, inode);
    place.folder.modifiedMs = this.#clock.wallUs() / 1000;
  }

  #remove(place: Place): void {
    place.folder.entries.delete(place.name);
    place.folder.modifiedMs = this.#clock.wallUs() / 1000;
  }
}

/** An absolute path without `.`, `..`, or doubled slashes. */
export function resolvePath(path: string, workingDirectory: string): string {
  const names: string[] = [];
  for (const name of (path.startsWith('/') ? path : `${workingDirectory}/${path}`).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}
