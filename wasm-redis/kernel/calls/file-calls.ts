import { DIRENT64, ERRNO, FCNTL, FILE_TYPE, IOVEC, MODE, OPEN, POLL, STAT, TIMESPEC, WASI } from '../../build/abi.ts';
import { resolvePath } from '../file-system.ts';
import type { Inode } from '../inode.ts';
import { NullDevice, type OpenFile, RandomDevice } from '../open-file.ts';
import { createPipe, PipeReader } from '../pipe.ts';
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

const WASI_TYPES: Readonly<Record<OpenFile['type'], number>> = {
  file: WASI.FILETYPE_REGULAR_FILE,
  directory: WASI.FILETYPE_DIRECTORY,
  character: WASI.FILETYPE_CHARACTER_DEVICE,
  stream: WASI.FILETYPE_UNKNOWN,
  socket: WASI.FILETYPE_SOCKET_STREAM,
};

/** Reads one range, waiting as the descriptor's mode says. Returns a count or a negative errno. */
export function readDescriptor(process: Process, fd: number, pointer: number, count: number): number {
  const file = process.descriptors.get(fd);
  if (!file) return -ERRNO.EBADF;
  const { memory } = process;
  if (file.nonblocking || file.type === 'file') {
    return file.read(memory.bytes, memory.range(pointer, count), count);
  }
  const attempt = (): number | undefined => {
    if (file.closed) return -ERRNO.EBADF;
    const result = file.read(memory.bytes, memory.range(pointer, count), count);
    if (result !== -ERRNO.EAGAIN) return result;
    // A forked child's parent stands still until the child has ended: whatever it holds the other end for, it lets go.
    return process.fork.inChild && file instanceof PipeReader ? 0 : undefined;
  };
  return process.wait(attempt, [file], Infinity, 0, false);
}

/** Writes one range, likewise. The count may be short, which is what write(2) may give; every caller loops. */
export function writeDescriptor(process: Process, fd: number, pointer: number, count: number): number {
  const file = process.descriptors.get(fd);
  if (!file) return -ERRNO.EBADF;
  const { memory } = process;
  if (file.nonblocking || file.type === 'file') {
    return sigpipe(process, file.write(memory.bytes, memory.range(pointer, count), count));
  }
  const attempt = (): number | undefined => {
    if (file.closed) return -ERRNO.EBADF;
    const result = file.write(memory.bytes, memory.range(pointer, count), count);
    return result === -ERRNO.EAGAIN ? undefined : result;
  };
  return sigpipe(process, process.wait(attempt, [file], Infinity, 0, false));
}

function sigpipe(process: Process, result: number): number {
  if (result === -ERRNO.EPIPE) process.signal('SIGPIPE');
  return result;
}

/** Files, folders and descriptors. Results are counts, or negative errnos; WASI's are positive errnos. */
export function fileCalls(process: Process) {
  const { kernel, memory } = process;
  const { files } = kernel;
  const path = (pointer: number): string => resolvePath(memory.string(pointer), process.workingDirectory);

  const openInode = (inode: Inode, flags: number): OpenFile | number => {
    const access = flags & 3;
    if (inode.kind === 'device') {
      return inode.device === 'null' ? new NullDevice() : new RandomDevice((into) => kernel.random.fill(into));
    }
    if (inode.kind === 'directory') return access === OPEN.O_RDONLY ? new OpenDirectory(inode) : -ERRNO.EISDIR;
    if (flags & OPEN.O_DIRECTORY) return -ERRNO.ENOTDIR;
    const readable = access !== OPEN.O_WRONLY;
    const writable = access !== OPEN.O_RDONLY;
    const error = inode.open({ readable, writable }) || (flags & OPEN.O_TRUNC ? inode.truncate(0) : 0);
    return error || new RegularFile(inode, { append: (flags & OPEN.O_APPEND) !== 0, readable, writable });
  };

  const install = (file: OpenFile, flags: number): number => {
    if (flags & OPEN.O_NONBLOCK) file.nonblocking = true;
    const fd = process.descriptors.add(file);
    if (fd !== undefined) return fd;
    file.release();
    return -ERRNO.EMFILE;
  };

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

  // A 64-bit size comes in two halves or as one bigint: early and late versions of Emscripten differ.
  const truncate = (inode: Inode | undefined, low: number | bigint, high: number): number => {
    if (inode?.kind !== 'file') return inode ? -ERRNO.EISDIR : -ERRNO.ENOENT;
    return inode.truncate(typeof low === 'bigint' ? Number(low) : high * 0x1_0000_0000 + (low >>> 0));
  };

  /** WASI's vectored transfers, for stdio. */
  const transfer = (
    one: (fd: number, pointer: number, count: number) => number,
    readyFor: number,
    fd: number,
    vectors: number,
    count: number,
    done: number,
  ): number => {
    let total = 0;
    for (let at = vectors; at < vectors + count * IOVEC.size; at += IOVEC.size) {
      const length = memory.getUint32(at + IOVEC.iov_len);
      if (length === 0) continue;
      // Only the first range may wait: a suspended call starts over, and must not have moved anything yet.
      if (total > 0 && !((process.descriptors.get(fd)?.readiness() ?? 0) & readyFor)) break;
      const moved = one(fd, memory.getUint32(at + IOVEC.iov_base), length);
      if (moved < 0) {
        if (total > 0) break;
        return -moved;
      }
      total += moved;
      if (moved < length) break;
    }
    memory.setUint32(done, total);
    return 0;
  };

  const openDescriptions = {
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
      return typeof file === 'number' ? file : install(file, flags);
    },
    read: (fd: number, pointer: number, count: number) => readDescriptor(process, fd, pointer, count),
    write: (fd: number, pointer: number, count: number) => writeDescriptor(process, fd, pointer, count),
    fcntl(fd: number, command: number, argument: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return -ERRNO.EBADF;
      switch (command) {
        case FCNTL.F_GETFD:
        case FCNTL.F_SETFD: // close-on-exec: nothing is ever executed
          return 0;
        case FCNTL.F_GETFL:
          return OPEN.O_RDWR | (file.nonblocking ? OPEN.O_NONBLOCK : 0);
        case FCNTL.F_SETFL:
          file.nonblocking = (argument & OPEN.O_NONBLOCK) !== 0;
          return 0;
        case FCNTL.F_DUPFD:
        case FCNTL.F_DUPFD_CLOEXEC:
          return install(file.retain(), file.nonblocking ? OPEN.O_NONBLOCK : 0);
        case FCNTL.F_SETLK: // nodes.conf: each process has files of its own
        case FCNTL.F_SETLKW:
          return 0;
        default:
          return -ERRNO.EINVAL;
      }
    },
  };

  const wasi = {
    fd_read: (fd: number, vectors: number, count: number, done: number) =>
      transfer(openDescriptions.read, POLL.POLLIN, fd, vectors, count, done),
    fd_write: (fd: number, vectors: number, count: number, done: number) =>
      transfer(openDescriptions.write, POLL.POLLOUT, fd, vectors, count, done),
    fd_close: (fd: number) => (process.descriptors.close(fd) ? 0 : ERRNO.EBADF),
    fd_sync(fd: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return ERRNO.EBADF;
      return file instanceof RegularFile ? -file.inode.sync() : 0;
    },
    fd_fdstat_get(fd: number, pointer: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return ERRNO.EBADF;
      memory.fill(pointer, 24);
      memory.setUint8(pointer, WASI_TYPES[file.type]);
      return 0;
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return ERRNO.EBADF;
      if (!(file instanceof RegularFile)) return ERRNO.ESPIPE;
      const position = file.seek(Number(offset), whence);
      if (position < 0) return -position;
      memory.setInt64(result, position);
      return 0;
    },
  };

  const system = {
    __syscall_stat64: (pathname: number, pointer: number) => statInode(files.lookup(path(pathname)), pointer),
    __syscall_lstat64: (pathname: number, pointer: number) => statInode(files.lookup(path(pathname)), pointer),
    __syscall_fstatat64: (_folder: number, pathname: number, pointer: number) =>
      statInode(files.lookup(path(pathname)), pointer),
    __syscall_fstat64(fd: number, pointer: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return -ERRNO.EBADF;
      if (file instanceof RegularFile || file instanceof OpenDirectory) return statInode(file.inode, pointer);
      return writeStat(pointer, FILE_MODES[file.type]);
    },
    __syscall_faccessat: (_folder: number, pathname: number) => (files.lookup(path(pathname)) ? 0 : -ERRNO.ENOENT),
    __syscall_chmod: (pathname: number, mode: number) => chmod(files.lookup(path(pathname)), mode),
    __syscall_fchmod(fd: number, mode: number): number {
      const file = process.descriptors.get(fd);
      return file instanceof RegularFile ? chmod(file.inode, mode) : file ? 0 : -ERRNO.EBADF;
    },
    __syscall_mkdirat: (_folder: number, pathname: number, mode: number) =>
      files.makeDirectory(path(pathname), mode & 0o777),
    __syscall_renameat: (_from: number, from: number, _to: number, to: number) => files.rename(path(from), path(to)),
    __syscall_newfstatat: (_folder: number, pathname: number, pointer: number) =>
      statInode(files.lookup(path(pathname)), pointer),
    __syscall_ftruncate64(fd: number, low: number | bigint, high: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return -ERRNO.EBADF;
      return file instanceof RegularFile ? truncate(file.inode, low, high) : -ERRNO.EINVAL;
    },
    __syscall_truncate64: (pathname: number, low: number | bigint, high: number) =>
      truncate(files.lookup(path(pathname)), low, high),
    __syscall_mkdir: (pathname: number, mode: number) => files.makeDirectory(path(pathname), mode & 0o777),
    __syscall_rmdir: (pathname: number) => files.removeDirectory(path(pathname)),
    __syscall_unlink: (pathname: number) => files.unlink(path(pathname)),
    __syscall_unlinkat: (_folder: number, pathname: number, flags: number) =>
      flags ? files.removeDirectory(path(pathname)) : files.unlink(path(pathname)),
    __syscall_rename: (from: number, to: number) => files.rename(path(from), path(to)),
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
        memory.setUint8(at + DIRENT64.d_type, child?.kind === 'file' ? FILE_TYPE.DT_REG : FILE_TYPE.DT_DIR);
        memory.writeString(at + DIRENT64.d_name, name);
        used += DIRENT64.size;
      }
      return used;
    },
    __syscall_dup: (fd: number) => openDescriptions.fcntl(fd, FCNTL.F_DUPFD, 0),
    __syscall_dup3(from: number, to: number): number {
      const file = process.descriptors.get(from);
      if (!file || to < 0) return -ERRNO.EBADF;
      process.descriptors.assign(to, file);
      return to;
    },
    __syscall_pipe(pointer: number): number {
      const [reader, writer] = createPipe(false);
      const [from, to] = [install(reader, 0), install(writer, 0)];
      if (from < 0 || to < 0) return -ERRNO.EMFILE;
      memory.setInt32(pointer, from);
      memory.setInt32(pointer + 4, to);
      return 0;
    },
  };

  return { host: openDescriptions, wasi, system };
}
