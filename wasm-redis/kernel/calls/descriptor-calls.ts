import { ERRNO, FCNTL, IOVEC, OPEN, POLL, WASI } from '../../build/abi.ts';
import type { OpenFile } from '../open-file.ts';
import { createPipe, PipeReader } from '../pipe.ts';
import { DESCRIPTORS_MAX } from '../descriptor-table.ts';
import type { Process } from '../process.ts';
import { RegularFile } from '../regular-file.ts';

const WASI_TYPES: Readonly<Record<OpenFile['type'], number>> = {
  file: WASI.FILETYPE_REGULAR_FILE,
  directory: WASI.FILETYPE_DIRECTORY,
  character: WASI.FILETYPE_CHARACTER_DEVICE,
  stream: WASI.FILETYPE_UNKNOWN,
  socket: WASI.FILETYPE_SOCKET_STREAM,
};

/** Gives a process a descriptor of a file, taking over the reference. Returns it, or EMFILE (negative). */
export function installFile(process: Process, file: OpenFile): number {
  const fd = process.descriptors.add(file);
  if (fd !== undefined) return fd;
  file.release();
  return -ERRNO.EMFILE;
}

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
    if (!process.fork.inChild || !(file instanceof PipeReader)) return undefined;
    // The parent stands still until the child's code has ended, so whatever it holds the other end for cannot come.
    process.fork.pretendToWait(file);
    return 0;
  };
  const untilUs = process.kernel.clock.uptimeUs() + file.readLimitUs;
  return process.blockedCall.wait(attempt, [file], untilUs, -ERRNO.EAGAIN, false);
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
  const untilUs = process.kernel.clock.uptimeUs() + file.writeLimitUs;
  return sigpipe(process, process.blockedCall.wait(attempt, [file], untilUs, -ERRNO.EAGAIN, false));
}

/** A disk that is slow keeps the whole process waiting, also when it is a thread that syncs: see ../../native/threads.c. */
function waitForDisk(process: Process): void {
  const { fsyncUs } = process.disk;
  if (fsyncUs === 0) return;
  const untilUs = process.kernel.clock.uptimeUs() + fsyncUs;
  if (process.fork.inChild) process.fork.pretendToSleep(fsyncUs);
  else if (process.isServer) process.blockedCall.wait(() => undefined, [], untilUs, 0, false);
}

function sigpipe(process: Process, result: number): number {
  if (result === -ERRNO.EPIPE) process.signal('SIGPIPE');
  return result;
}

/** What is done with a descriptor, whatever it is one of. Counts or 0, or negative errnos; WASI's are positive. */
export function descriptorCalls(process: Process) {
  const { memory } = process;

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

  const host = {
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
          return installFile(process, file.retain());
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
      transfer(host.read, POLL.POLLIN, fd, vectors, count, done),
    fd_write: (fd: number, vectors: number, count: number, done: number) =>
      transfer(host.write, POLL.POLLOUT, fd, vectors, count, done),
    fd_close: (fd: number) => (process.descriptors.close(fd) ? 0 : ERRNO.EBADF),
    fd_sync(fd: number): number {
      const file = process.descriptors.get(fd);
      if (!file) return ERRNO.EBADF;
      if (!(file instanceof RegularFile)) return 0;
      const result = file.inode.sync();
      waitForDisk(process);
      return -result;
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
    __syscall_dup: (fd: number) => host.fcntl(fd, FCNTL.F_DUPFD, 0),
    __syscall_dup3(from: number, to: number): number {
      const file = process.descriptors.get(from);
      if (!file || to < 0 || to >= DESCRIPTORS_MAX) return -ERRNO.EBADF;
      process.descriptors.assign(to, file);
      return to;
    },
    __syscall_pipe(pointer: number): number {
      const [reader, writer] = createPipe(false);
      const [from, to] = [installFile(process, reader), installFile(process, writer)];
      if (from < 0 || to < 0) return -ERRNO.EMFILE;
      memory.setInt32(pointer, from);
      memory.setInt32(pointer + 4, to);
      return 0;
    },
  };

  return { host, wasi, system };
}
