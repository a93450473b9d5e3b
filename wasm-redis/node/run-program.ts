import { moduleOf } from '../direct/program-table.ts';
import { createHost } from '../direct/host.ts';
import { Driver } from '../kernel/driver.ts';
import { Kernel } from '../kernel/kernel.ts';
import { type SignalName } from '../kernel/process-end.ts';
import { type ExitStatus, type ProgramName } from '../machine.ts';
import { ChildStandIns } from './child-stand-ins.ts';
import { detach } from './detach.ts';
import { HostFileSystem } from './host-files.ts';
import { loadModule } from './load-module.ts';
import { Loopback, type Reach } from './loopback.ts';
import type { Side } from './outgoing.ts';
import { sleep } from './standard-output.ts';
import { standardStreams } from './standard-streams.ts';

/** Those that Node lets a process hear of without breaking something of its own: not SIGSEGV, by which V8 finds traps. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGABRT'] as const;

/**
 * Runs a program of the build as if it were a native one: on real ports, with this computer's files, standard streams,
 * signals and process id. This process ends with it, and as it does.
 */
export async function runProgram(program: ProgramName, args: readonly string[]): Promise<void> {
  const file = moduleOf(program);
  const module = await loadModule(file);
  const kernel = new Kernel({
    host: createHost({ blockThread: (ms) => loopback.waitByHand(ms, sleep), whileBusy: () => loopback.poll() }),
    // Date.now() is cut to milliseconds: a key's time to live would read a millisecond more than another clock gives it.
    epochMs: performance.timeOrigin + performance.now(),
    clockRate: 1,
    makeFiles: (clock) => new HostFileSystem(clock),
    processIds: new ChildStandIns((pid, signal) => started.fork.signalChild(pid, signal as SignalName)),
  });
  const driver = new Driver(kernel);
  const reach: Reach = { connect: side('REDIS_LAUNCHER_CONNECT'), listen: side('REDIS_LAUNCHER_LISTEN') };
  const loopback = new Loopback(kernel, reach, (address, error) => {
    const place = address.family === 'inet' ? `${address.host}:${address.port}` : address.path;
    console.error(`Cannot listen on ${place}: ${error.message}. Choose another with --port or --unixsocket.`);
    process.exit(1);
  });
  kernel.onEvent = (event) => {
    if (event.type === 'exited') void end(event.status);
  };
  kernel.detach = () => detach(program, args);
  const streams = standardStreams(kernel, file !== 'redis-server', () => started.signal('SIGPIPE'));
  const started = kernel.spawn({
    module,
    argv: [program, ...args],
    environment: { HOME: '/', ...environment() },
    workingDirectory: process.cwd(),
    files: streams.files,
  });
  for (const signal of SIGNALS) process.on(signal, () => started.signal(signal));

  async function end(status: ExitStatus): Promise<void> {
    driver.dispose();
    await loopback.close();
    streams.restore();
    if (status.kind === 'trap') console.error(`${program}: ${status.message}`);
    if (status.kind === 'exit') process.exit(status.code);
    const signal = status.kind === 'signal' ? status.signal : 'SIGSEGV';
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** This computer only, unless the environment's variable says `anywhere`. */
function side(variable: string): Side {
  return process.env[variable] === 'anywhere' ? 'anywhere' : 'loopback';
}
