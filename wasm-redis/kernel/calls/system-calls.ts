import { ERRNO } from '../../build/abi.ts';
import { BLOCKING_IMPORTS } from '../../native/blocking-imports.ts';
import { MemoryFault } from '../memory.ts';
import type { Process } from '../process.ts';
import { descriptorCalls } from './descriptor-calls.ts';
import { fileCalls } from './file-calls.ts';
import { pollCalls } from './poll-calls.ts';
import { processCalls } from './process-calls.ts';
import { socketCalls } from './socket-calls.ts';
import { statCalls } from './stat-calls.ts';
import { terminalCalls } from './terminal-calls.ts';

/** A function that a module imports. What it takes and gives is the C library's business. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each call has its own parameters, checked where it is written
type Call = (...parameters: any[]) => number | void;

const WASI_MODULE = 'wasi_snapshot_preview1';

const SUSPENDING: ReadonlySet<string> = new Set(BLOCKING_IMPORTS);

/** Called at every command: not even a `try` more than needed. They take no pointer. */
const UNGUARDED = new Set(['host.now', 'host.clock_time', 'host.park', 'host.getpid', 'host.cpu_time']);

/**
 * The imports of a process. Throws if the module wants a function that the kernel does not have: a new version of Redis
 * or of the compiler, and the message says which call has to be written.
 */
export function systemCalls(process: Process, module: WebAssembly.Module): WebAssembly.Imports {
  const descriptors = descriptorCalls(process);
  const files = fileCalls(process);
  const sockets = socketCalls(process);
  const processes = processCalls(process);
  const offered: Record<string, Record<string, Call>> = {
    host: { ...descriptors.host, ...files.host, ...sockets.host, ...processes.host, ...terminalCalls(process) },
    env: {
      ...descriptors.system,
      ...files.system,
      ...statCalls(process),
      ...sockets.system,
      ...processes.system,
      ...pollCalls(process),
    },
    [WASI_MODULE]: { ...descriptors.wasi, ...processes.wasi },
  };
  const suspends = WebAssembly.Module.exports(module).some(({ name }) => name === 'asyncify_get_state');
  const imports: Record<string, Record<string, Call>> = {};
  const missing: string[] = [];
  for (const { module: space, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue;
    const call = offered[space]?.[name];
    if (!call) missing.push(`${space}.${name}`);
    else (imports[space] ??= {})[name] = watch(process, name, wrap(process, call, space, name, suspends));
  }
  if (missing.length > 0) throw new Error(`${process.argv[0]} imports ${missing.join(', ')}, which the kernel lacks.`);
  return imports;
}

/** Without anybody who wants to be told, the call itself. */
function watch(process: Process, name: string, call: Call): Call {
  const { onSystemCall } = process.kernel;
  if (!onSystemCall) return call;
  return (a, b, c, d, e, f) => {
    onSystemCall(process, name);
    return call(a, b, c, d, e, f);
  };
}

function wrap(process: Process, call: Call, space: string, name: string, suspends: boolean): Call {
  if (UNGUARDED.has(`${space}.${name}`)) return call;
  // WASI reports errors as positive numbers, the kernel's own calls as negative ones.
  const fault = space === WASI_MODULE ? ERRNO.EFAULT : -ERRNO.EFAULT;
  const refuse = (thrown: unknown): number => {
    if (thrown instanceof MemoryFault) return fault;
    throw thrown;
  };
  // Two forms, because every parameter that a caller does not pass costs time at the boundary.
  const short: Call = (a, b, c) => {
    try {
      return call(a, b, c);
    } catch (thrown) {
      return refuse(thrown);
    }
  };
  const long: Call = (a, b, c, d, e, f) => {
    try {
      return call(a, b, c, d, e, f);
    } catch (thrown) {
      return refuse(thrown);
    }
  };
  const guarded = call.length <= 3 ? short : long;
  if (!suspends || !SUSPENDING.has(`${space}.${name}`)) return guarded;
  return (a, b, c, d, e, f) => {
    process.blockedCall.finishRewind();
    return guarded(a, b, c, d, e, f);
  };
}
