import { ERRNO, MODE, STAT, TIMESPEC } from '../../build/abi.ts';
import { resolvePath } from '../file-system.ts';
import type { Inode } from '../inode.ts';
import type { OpenFile } from '../open-file.ts';
import type { Process } from '../process.ts';
import { OpenDirectory, RegularFile } from '../regular-file.ts';

const BLOCK_BYTES = 512;

const FILE_MODES: Readonly<Record<OpenFile['type'], number>> = {
  file: MODE.S_IFREG | 0o644,
  directory: MODE.S_IFDIR | 0o755,
  character: MODE.S_IFCHR | 0o666,
  stream: MODE.S_IFIFO | 0o600,
  socket: MODE.S_IFSOCK | 0o777,
};

/** stat(2), chmod(2) and access(2). 0, or negative errnos. */
export function statCalls(process: Process) {
  const { kernel, memory } = process;
  const inodeAt = (pathname: number): Inode | undefined =>
    kernel.files.lookup(resolvePath(memory.string(pathname), process.workingDirectory));

  const writeStat = (pointer: number, mode: number, inode?: Inode): number => {
    const sizeBytes = inode?.kind === 'file' ? inode.sizeBytes : 0;
    memory.fill(pointer, STAT.size);
    memory.setUint32(pointer + STAT.st_dev, 1);
    memory.setUint32(pointer + STAT.st_mode, mode);
    memory.setUint32(pointer + STAT.st_nlink, 1);
    memory.setInt64(pointer + STAT.st_size, sizeBytes);
    memory.setUint32(pointer + STAT.st_blksize, 4096);
    memory.setUint32(pointer + STAT.st_blocks, Math.ceil(sizeBytes / BLOCK_BYTES));
    memory.setInt64(pointer + STAT.st_ino, inode?.number ?? 0);
    const modifiedMs = inode?.modifiedMs ?? kernel.clock.wallUs() / 1000;
    for (const field of [STAT.st_atim, STAT.st_mtim, STAT.st_ctim]) {
      memory.setInt32(pointer + field, Math.floor(modifiedMs / 1000));
      memory.setInt32(pointer + field + TIMESPEC.tv_nsec, Math.floor((modifiedMs % 1000) * 1e6));
    }
    return 0;
  };

  const statInode = (inode: Inode | undefined, pointer: number): number => {
    if (!inode) return -ERRNO.ENOENT;
    const type =
      inode.kind === 'file' ? MODE.S_IFREG : inode.kind === 'directory' ? MODE.S_IFDIR : (MODE.S_IFCHR as number);
    return writeStat(pointer, type | (inode.mode & 0o7777), inode);
  };

  const chmod = (inode: Inode | undefined, mode: number): number => {
    if (!inode) return -ERRNO.ENOENT;
    inode.mode = mode & 0o7777;
    return 0;
  };

  return {
    __syscall_stat64: (pathname: number, pointer: number) => statInode(inodeAt(pathname), pointer),
    __syscall_lstat64: (pathname: number, pointer: number) => statInode(inodeAt(pathname), pointer),
    __syscall_fstatat64: (_folder: number, pathname: number, pointer: number) => statInode(inodeAt(pathname), pointer),
    __syscall_fstat64(fd: number, pointer: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return -ERRNO.EBADF;
      if (file instanceof RegularFile || file instanceof OpenDirectory) return statInode(file.inode, pointer);
      return writeStat(pointer, FILE_MODES[file.type]);
    },
    __syscall_newfstatat: (_folder: number, pathname: number, pointer: number) => statInode(inodeAt(pathname), pointer),
    __syscall_faccessat: (_folder: number, pathname: number) => (inodeAt(pathname) ? 0 : -ERRNO.ENOENT),
    __syscall_chmod: (pathname: number, mode: number) => chmod(inodeAt(pathname), mode),
    __syscall_fchmod(fd: number, mode: number): number {
      const file = process.descriptors.get(fd);
      return file instanceof RegularFile ? chmod(file.inode, mode) : file ? 0 : -ERRNO.EBADF;
    },
  };
}
