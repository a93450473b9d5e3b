import { CLOCK, ERRNO, SIGNAL } from '../../build/abi.ts';
import type { Process } from '../process.ts';
import { PARKED, signalName } from '../process-end.ts';

const encoder = new TextEncoder();

/** Identity, arguments, clock, signals, fork and exit. Counts and 0, or negative errnos. */
export function processCalls(process: Process) {
  const { kernel, memory } = process;
  const { clock } = kernel;
  const environment = Object.entries(process.environment).map(([name, value]) => `${name}=${value}`);

  const sizes = (strings: readonly string[], count: number, bytes: number): number => {
    memory.setUint32(count, strings.length);
    memory.setUint32(
      bytes,
      strings.reduce((sum, string) => sum + encoder.encode(string).length + 1, 0),
    );
    return 0;
  };

  const write = (strings: readonly string[], pointers: number, buffer: number): number => {
    let at = buffer;
    strings.forEach((string, index) => {
      memory.setUint32(pointers + index * 4, at);
      at += memory.writeString(at, string);
    });
    return 0;
  };

  const host = {
    park(): never {
      throw PARKED;
    },
    abort: () => process.exit({ kind: 'signal', signal: 'SIGABRT' }),
    fork_snapshot: () => process.fork.snapshot(),
    /** Once it serves, a fork is for a child with work to do, and fork_snapshot's. */
    fork_detached: () => (process.parked ? -ERRNO.ENOSYS : kernel.detach()),
    getpid: () => process.pid,
    kill(pid: number, signal: number): number {
      if (process.fork.signalChild(pid, signalName(signal))) return 0;
      const target = pid === process.pid ? process : kernel.processAt(pid);
      if (!target) return -ERRNO.ESRCH;
      if (signal === 0) return 0;
      const name = signalName(signal);
      if (!name) return -ERRNO.EINVAL;
      if (name === 'SIGABRT' || name === 'SIGSEGV') {
        if (target === process) process.exit({ kind: 'signal', signal: name });
        return -ERRNO.EPERM;
      }
      target.signal(name);
      return 0;
    },
    waitpid(pid: number, status: number, options: number): number {
      const child = process.fork.wait(pid, options);
      if (typeof child === 'number') return child;
      if (status) memory.setInt32(status, child.status);
      return child.pid;
    },
    cpu_time: () => process.clock.cpuUs,
    now: kernel.host.monotonicMs,
    clock_page: (pointer: number) => process.clock.placePage(pointer),
    /** For a process whose page does not know: the clock stands still, or it has had the thread for long. */
    clock_time(id: number): number {
      if (id === CLOCK.CLOCK_REALTIME) return process.clock.read(false) + clock.epochUs;
      return process.clock.read(true);
    },
    sleep(us: number): number {
      if (process.fork.inChild) return process.fork.pretendToSleep(us);
      return process.blockedCall.wait(() => undefined, [], clock.uptimeUs() + us, 0, true);
    },
  };

  const wasi = {
    args_sizes_get: (count: number, bytes: number) => sizes(process.argv, count, bytes),
    args_get: (pointers: number, buffer: number) => write(process.argv, pointers, buffer),
    environ_sizes_get: (count: number, bytes: number) => sizes(environment, count, bytes),
    environ_get: (pointers: number, buffer: number) => write(environment, pointers, buffer),
    proc_exit: (code: number) => process.exit({ kind: 'exit', code: code & 0xff }),
    /** Only libc's own clock() comes here: the rest goes through `host.clock_time`. */
    clock_time_get(id: number, _precision: bigint, result: number): number {
      memory.setInt64(result, (id === CLOCK.CLOCK_REALTIME ? clock.wallUs() : clock.uptimeUs()) * 1000);
      return 0;
    },
  };

  let tempReturn = 0;
  const system = {
    emscripten_notify_memory_growth: () => memory.refresh(),
    setTempRet0(value: number): void {
      tempReturn = value;
    },
    getTempRet0: () => tempReturn,
    __syscall_getuid32: () => 0,
    /** raise(3) of libc: handlers are called by way of the host so that any signature will do. */
    __call_sighandler(handler: number, signal: number): void {
      const table = process.instance.exports.__indirect_function_table;
      // A handler that is no function: what a jump to a wild address is natively.
      if (handler >>> 0 >= table.length) process.exit({ kind: 'signal', signal: 'SIGSEGV' });
      const entry: unknown = table.get(handler);
      if (typeof entry === 'function') (entry as (signal: number) => void)(signal);
      else if (signal === SIGNAL.SIGKILL) process.exit({ kind: 'signal', signal: 'SIGKILL' });
    },
  };

  return { host, wasi, system };
}
