import { EPOLL_EVENT, ERRNO, POLL, POLLFD } from '../../build/abi.ts';
import { Epoll } from '../epoll.ts';
import type { OpenFile } from '../open-file.ts';
import type { Process } from '../process.ts';
import { installFile } from './descriptor-calls.ts';

/** poll(2) and epoll(7). Counts, or negative errnos. Timeouts are milliseconds, negative for none. */
export function pollCalls(process: Process) {
  const { kernel, memory } = process;

  const deadline = (timeoutMs: number): number =>
    timeoutMs < 0 ? Infinity : kernel.clock.uptimeUs() + timeoutMs * 1000;

  const epollAt = (fd: number): Epoll | undefined => {
    const file = process.descriptors.get(fd);
    return file instanceof Epoll ? file : undefined;
  };

  let events = 0;
  const report = (index: number, ready: number, dataLow: number, dataHigh: number): void => {
    const at = events + index * EPOLL_EVENT.size;
    memory.setUint32(at + EPOLL_EVENT.events, ready);
    memory.setUint32(at + EPOLL_EVENT.data, dataLow);
    memory.setUint32(at + EPOLL_EVENT.data + 4, dataHigh);
  };

  return {
    __syscall_poll(entries: number, count: number, timeoutMs: number): number {
      const files: OpenFile[] = [];
      const attempt = (): number | undefined => {
        let ready = 0;
        for (let at = entries; at < entries + count * POLLFD.size; at += POLLFD.size) {
          const file = process.descriptors.get(memory.getInt32(at + POLLFD.fd));
          const wanted = memory.getInt16(at + POLLFD.events) | POLL.POLLERR | POLL.POLLHUP;
          const found = file ? file.readiness() & wanted : POLL.POLLNVAL;
          memory.setInt16(at + POLLFD.revents, found);
          if (found) ready++;
        }
        return ready > 0 || timeoutMs === 0 ? ready : undefined;
      };
      for (let at = entries; at < entries + count * POLLFD.size; at += POLLFD.size) {
        const file = process.descriptors.get(memory.getInt32(at + POLLFD.fd));
        if (file) files.push(file);
      }
      return process.blockedCall.wait(attempt, files, deadline(timeoutMs), 0, true);
    },

    epoll_create(): number {
      const epoll = new Epoll();
      // Whoever closes it is awake already: woken by that, a step that closes one would be followed by another for ever.
      epoll.watch({ notify: () => (epoll.closed ? undefined : process.notify()) });
      return installFile(process, epoll);
    },

    epoll_ctl(epollFd: number, operation: number, fd: number, event: number): number {
      const epoll = epollAt(epollFd);
      const file = process.descriptors.get(fd);
      if (!epoll || !file) return -ERRNO.EBADF;
      if (!event) return epoll.control(operation, fd, file, 0, 0, 0);
      return epoll.control(
        operation,
        fd,
        file,
        memory.getUint32(event + EPOLL_EVENT.events),
        memory.getUint32(event + EPOLL_EVENT.data),
        memory.getUint32(event + EPOLL_EVENT.data + 4),
      );
    },

    /**
     * In a server, the first call of a step never waits: with nothing ready it gives 0 at once and the timeout becomes
     * the time of the next step. A later call in the same step comes from inside a command that takes long
     * (processEventsWhileBlocked): the others run first.
     */
    epoll_wait(epollFd: number, pointer: number, max: number, timeoutMs: number): number {
      const epoll = epollAt(epollFd);
      if (!epoll) return -ERRNO.EBADF;
      if (max <= 0) return -ERRNO.EINVAL;
      memory.range(pointer, max * EPOLL_EVENT.size);
      events = pointer;
      if (!process.isServer) {
        const attempt = (): number | undefined => epoll.collect(max, report) || undefined;
        return process.blockedCall.wait(attempt, [epoll], deadline(timeoutMs), 0, true);
      }
      if (process.polls++ > 0 || !process.parked) process.letOthersRun();
      events = pointer;
      const count = epoll.collect(max, report);
      if (count > 0 || timeoutMs === 0) process.notify();
      else process.wakeUs = deadline(timeoutMs);
      return count;
    },
  };
}
