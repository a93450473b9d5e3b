import { DIRENT64, ERRNO, FILE_TYPE, OPEN } from '../../build/abi.ts';
import { resized } from '../disk.ts';
import { resolvePath } from '../file-system.ts';
import type { Inode, RegularInode } from '../inode.ts';
import { NullDevice, type OpenFile, RandomDevice } from '../open-file.ts';
import type { Process } from '../process.ts';
import { OpenDirectory, RegularFile } from '../regular-file.ts';
import { installFile } from './descriptor-calls.ts';

const ENTRY_TYPES = {
  file: FILE_TYPE.DT_REG,
  directory: FILE_TYPE.DT_DIR,
  device: FILE_TYPE.DT_CHR,
} as const;

/** Files and folders by their paths. Counts or 0, or negative errnos. */
export function fileCalls(process: Process) {
  const { kernel, memory } = process;
  const { files } = kernel;
  const path = (pointer: number): string => resolvePath(memory.string(pointer), process.workingDirectory);

  const resize = (inode: RegularInode, sizeBytes: number): number => {
    const before = inode.sizeBytes;
    if (sizeBytes - before > process.disk.freeBytes) return -ERRNO.ENOSPC;
    const result = inode.truncate(sizeBytes);
    if (result === 0) resized(process.disk, before, sizeBytes);
    return result;
  };

  /** Does something after which a name leads nowhere, or elsewhere: what it led to has no longer a place on the disk. */
  const freeing = (name: string, change: () => number): number => {
    const inode = files.lookup(name);
    const sizeBytes = inode?.kind === 'file' ? inode.sizeBytes : 0;
    const result = change();
    if (result === 0) resized(process.disk, sizeBytes, 0);
    return result;
  };
  const unlink = (name: string): number => freeing(name, () => files.unlink(name));
  const rename = (from: string, to: string): number => freeing(to, () => files.rename(from, to));

  const openInode = (inode: Inode, flags: number): OpenFile | number => {
    const access = flags & 3;
    if (inode.kind === 'device') {
      return inode.device === 'null' ? new NullDevice() : new RandomDevice((into) => kernel.random.fill(into));
    }
    if (inode.kind === 'directory') return access === OPEN.O_RDONLY ? new OpenDirectory(inode) : -ERRNO.EISDIR;
    if (flags & OPEN.O_DIRECTORY) return -ERRNO.ENOTDIR;
    const readable = access !== OPEN.O_WRONLY;
    const writable = access !== OPEN.O_RDONLY;
    const error = inode.open({ readable, writable }) || (flags & OPEN.O_TRUNC ? resize(inode, 0) : 0);
    return error || new RegularFile(inode, process.disk, { append: (flags & OPEN.O_APPEND) !== 0, readable, writable });
  };

  // A 64-bit size comes in two halves or as one bigint: early and late versions of Emscripten differ.
  const truncate = (inode: Inode | undefined, low: number | bigint, high: number): number => {
    if (inode?.kind !== 'file') return inode ? -ERRNO.EISDIR : -ERRNO.ENOENT;
    return resize(inode, typeof low === 'bigint' ? Number(low) : high * 0x1_0000_0000 + (low >>> 0));
  };

  const host = {
    open(pathname: number, flags: number, mode: number): number {
      const name = path(pathname);
      let inode = files.lookup(name);
      if (inode && flags & OPEN.O_CREAT && flags & OPEN.O_EXCL) return -ERRNO.EEXIST;
      if (!inode) {
        if (!(flags & OPEN.O_CREAT)) return -ERRNO.ENOENT;
        const created = files.createFile(name, mode & 0o777 & ~0o022);
        if (typeof created === 'number') return created;
        inode = created;
      }
      const file = openInode(inode, flags);
      if (typeof file === 'number') return file;
      file.nonblocking = (flags & OPEN.O_NONBLOCK) !== 0;
      return installFile(process, file);
    },
  };

  const system = {
    __syscall_mkdirat: (_folder: number, pathname: number, mode: number) =>
      files.makeDirectory(path(pathname), mode & 0o777),
    __syscall_renameat: (_from: number, from: number, _to: number, to: number) => rename(path(from), path(to)),
    __syscall_ftruncate64(fd: number, low: number | bigint, high: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return -ERRNO.EBADF;
      return file instanceof RegularFile ? truncate(file.inode, low, high) : -ERRNO.EINVAL;
    },
    __syscall_truncate64: (pathname: number, low: number | bigint, high: number) =>
      truncate(files.lookup(path(pathname)), low, high),
    __syscall_mkdir: (pathname: number, mode: number) => files.makeDirectory(path(pathname), mode & 0o777),
    __syscall_rmdir: (pathname: number) => files.removeDirectory(path(pathname)),
    __syscall_unlink: (pathname: number) => unlink(path(pathname)),
    __syscall_unlinkat: (_folder: number, pathname: number, flags: number) =>
      flags ? files.removeDirectory(path(pathname)) : unlink(path(pathname)),
    __syscall_rename: (from: number, to: number) => rename(path(from), path(to)),
    __syscall_chdir(pathname: number): number {
      const folder = path(pathname);
      const inode = files.lookup(folder);
      if (inode?.kind !== 'directory') return inode ? -ERRNO.ENOTDIR : -ERRNO.ENOENT;
      process.workingDirectory = folder;
      return 0;
    },
    __syscall_getcwd(buffer: number, size: number): number {
      const length = new TextEncoder().encode(process.workingDirectory).length + 1;
      return length > size >>> 0 ? -ERRNO.ERANGE : memory.writeString(buffer, process.workingDirectory);
    },
    __syscall_getdents64(fd: number, buffer: number, count: number): number {
      const folder = process.descriptors.get(fd);
      if (!folder) return -ERRNO.EBADF;
      if (!(folder instanceof OpenDirectory)) return -ERRNO.ENOTDIR;
      let used = 0;
      while (folder.position < folder.names.length && used + DIRENT64.size <= count) {
        const name = folder.names[folder.position++]!;
        const at = buffer + used;
        const child = folder.inode.entries.get(name);
        memory.fill(at, DIRENT64.size);
        memory.setInt64(at + DIRENT64.d_ino, child?.number ?? folder.inode.number);
        memory.setInt64(at + DIRENT64.d_off, folder.position);
        memory.setInt16(at + DIRENT64.d_reclen, DIRENT64.size);
        memory.setUint8(at + DIRENT64.d_type, ENTRY_TYPES[child?.kind ?? 'directory']);
        memory.writeString(at + DIRENT64.d_name, name);
        used += DIRENT64.size;
      }
      return used;
    },
  };

  return { host, system };
}
