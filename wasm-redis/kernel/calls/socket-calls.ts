import { ERRNO, OPEN, SOCKADDR_IN, SOCKADDR_UN, SOCKET, TIMEVAL } from '../../build/abi.ts';
import { resolvePath } from '../file-system.ts';
import type { Process } from '../process.ts';
import type { SocketAddress } from '../socket-address.ts';
import { Socket, SOCKET_BUFFER_BYTES } from '../socket.ts';
import { installFile, readDescriptor, writeDescriptor } from './descriptor-calls.ts';

/** Stream sockets, IPv4 and Unix. Results are 0, a descriptor or a count, or negative errnos. */
export function socketCalls(process: Process) {
  const { kernel, memory } = process;
  const { network } = kernel;

  const socketAt = (fd: number): Socket | number => {
    const file = process.descriptors.get(fd);
    if (!file) return -ERRNO.EBADF;
    return file instanceof Socket ? file : -ERRNO.ENOTSOCK;
  };

  const readAddress = (pointer: number): SocketAddress | undefined => {
    const family = memory.getUint16(pointer + SOCKADDR_IN.sin_family);
    if (family === SOCKET.AF_UNIX) {
      const name = memory.string(pointer + SOCKADDR_UN.sun_path);
      return { family: 'unix', path: resolvePath(name, process.workingDirectory) };
    }
    if (family !== SOCKET.AF_INET) return undefined;
    const bytes = memory.copy(pointer + SOCKADDR_IN.sin_addr, 4);
    const [high, low] = memory.copy(pointer + SOCKADDR_IN.sin_port, 2);
    return { family: 'inet', host: bytes.join('.'), port: high! * 256 + low! };
  };

  const writeAddress = (address: SocketAddress | undefined, pointer: number, lengthPointer: number): number => {
    if (!pointer) return 0;
    if (address?.family === 'unix') {
      memory.setInt16(pointer + SOCKADDR_UN.sun_family, SOCKET.AF_UNIX);
      memory.writeString(pointer + SOCKADDR_UN.sun_path, address.path);
      memory.setUint32(lengthPointer, SOCKADDR_UN.sun_path + address.path.length + 1);
      return 0;
    }
    const port = address?.port ?? 0;
    memory.fill(pointer, SOCKADDR_IN.size);
    memory.setInt16(pointer + SOCKADDR_IN.sin_family, SOCKET.AF_INET);
    memory.write(pointer + SOCKADDR_IN.sin_port, Uint8Array.of(port >> 8, port & 255));
    memory.write(pointer + SOCKADDR_IN.sin_addr, Uint8Array.from((address?.host ?? '0.0.0.0').split('.'), Number));
    memory.setUint32(lengthPointer, SOCKADDR_IN.size);
    return 0;
  };

  const host = {
    /** How long a wait may take. The others change nothing here: no Nagle, no keep-alive on a network without loss. */
    setsockopt(fd: number, level: number, name: number, value: number, length: number): number {
      const socket = socketAt(fd);
      if (typeof socket === 'number') return socket;
      const reading = name === SOCKET.SO_RCVTIMEO;
      if (level !== SOCKET.SOL_SOCKET || (!reading && name !== SOCKET.SO_SNDTIMEO)) return 0;
      if (length < TIMEVAL.size) return -ERRNO.EINVAL;
      const us = memory.getInt32(value + TIMEVAL.tv_sec) * 1e6 + memory.getInt32(value + TIMEVAL.tv_usec);
      socket[reading ? 'readLimitUs' : 'writeLimitUs'] = us > 0 ? us : Infinity;
      return 0;
    },
    shutdown(fd: number, how: number): number {
      const socket = socketAt(fd);
      return typeof socket === 'number' ? socket : socket.shutdown(how);
    },
  };

  const system = {
    __syscall_socket(family: number, type: number): number {
      if (family !== SOCKET.AF_INET && family !== SOCKET.AF_UNIX) return -ERRNO.EAFNOSUPPORT;
      if ((type & 0xf) !== SOCKET.SOCK_STREAM) return -ERRNO.EPROTONOSUPPORT;
      const socket = new Socket(network, process.host);
      socket.nonblocking = (type & OPEN.O_NONBLOCK) !== 0;
      return installFile(process, socket);
    },
    __syscall_bind(fd: number, address: number): number {
      const socket = socketAt(fd);
      if (typeof socket === 'number') return socket;
      const to = readAddress(address);
      return to ? network.bind(socket, to) : -ERRNO.EAFNOSUPPORT;
    },
    __syscall_listen(fd: number, backlog: number): number {
      const socket = socketAt(fd);
      return typeof socket === 'number' ? socket : network.listen(socket, backlog);
    },
    __syscall_accept4(fd: number, address: number, length: number, flags: number): number {
      const listener = socketAt(fd);
      if (typeof listener === 'number') return listener;
      if (listener.state !== 'listening') return -ERRNO.EINVAL;
      const socket = network.accept(listener);
      if (!socket) return -ERRNO.EAGAIN;
      socket.nonblocking = (flags & SOCKET.SOCK_NONBLOCK) !== 0;
      writeAddress(socket.remote, address, length);
      return installFile(process, socket);
    },
    __syscall_connect(fd: number, address: number): number {
      const socket = socketAt(fd);
      if (typeof socket === 'number') return socket;
      const to = readAddress(address);
      if (!to) return -ERRNO.EAFNOSUPPORT;
      if (socket.nonblocking) {
        const begins = socket.state === 'idle';
        const result = network.connect(socket, to);
        // Linux answers so even on loopback; the caller waits for writability, and then finds a refusal in the socket:
        // in SO_ERROR, or by calling connect(2) once more, as hiredis does. Not so redis-benchmark: natively it writes to
        // that socket in a loop without end, which here would take the machine with it. Other programs hear it at once.
        const later = process.isServer && result === -ERRNO.ECONNREFUSED && to.family === 'inet';
        if (begins && later) socket.fail(result);
        else if (result !== 0) return result;
        return -ERRNO.EINPROGRESS;
      }
      // A call that waited is made again: then the socket is on its way, or there.
      const result = socket.state === 'idle' ? network.connect(socket, to) : -ERRNO.EINPROGRESS;
      if (result !== -ERRNO.EINPROGRESS) return result;
      const attempt = (): number | undefined => {
        if (socket.state === 'connecting') return undefined;
        return socket.takeError();
      };
      return process.blockedCall.wait(attempt, [socket], Infinity, 0, false);
    },
    __syscall_getpeername(fd: number, address: number, length: number): number {
      const socket = socketAt(fd);
      if (typeof socket === 'number') return socket;
      return socket.remote ? writeAddress(socket.remote, address, length) : -ERRNO.ENOTCONN;
    },
    __syscall_getsockname(fd: number, address: number, length: number): number {
      const socket = socketAt(fd);
      return typeof socket === 'number' ? socket : writeAddress(socket.local, address, length);
    },
    __syscall_getsockopt(fd: number, level: number, name: number, value: number, length: number): number {
      const socket = socketAt(fd);
      if (typeof socket === 'number') return socket;
      if (level !== SOCKET.SOL_SOCKET) return -ERRNO.ENOPROTOOPT;
      memory.setUint32(length, 4);
      if (name === SOCKET.SO_ERROR) memory.setInt32(value, -socket.takeError());
      else if (name === SOCKET.SO_SNDBUF || name === SOCKET.SO_RCVBUF) memory.setInt32(value, SOCKET_BUFFER_BYTES);
      else if (name === SOCKET.SO_TYPE) memory.setInt32(value, SOCKET.SOCK_STREAM);
      else return -ERRNO.ENOPROTOOPT;
      return 0;
    },
    __syscall_recvfrom: (fd: number, pointer: number, count: number) => {
      const socket = socketAt(fd);
      return typeof socket === 'number' ? socket : readDescriptor(process, fd, pointer, count);
    },
    __syscall_sendto: (fd: number, pointer: number, count: number) => {
      const socket = socketAt(fd);
      return typeof socket === 'number' ? socket : writeDescriptor(process, fd, pointer, count);
    },
  };

  return { host, system };
}
