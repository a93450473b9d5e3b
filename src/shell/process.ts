import {
  type ExitStatus,
  MachineError,
  type Pid,
  type ProgramName,
  type SpawnOptions,
} from '../../wasm-redis/machine.ts';
import { complain, type Context } from './context.ts';
import { BrokenPipe, type Source } from './stream.ts';
import { Ended, signalStatus } from './task.ts';

const CANNOT_RUN = 126;
/** These ignore SIGPIPE, as upstream has it. */
const IGNORE_PIPES: readonly ProgramName[] = ['redis-server', 'redis-sentinel'];

/** Runs a program of Redis as a process of the machine. Resolves with the status that a shell gives it. */
export async function runProcess(argv: readonly [ProgramName, ...string[]], context: Context): Promise<number> {
  const { core, task, job } = context;
  await task.check();
  core.activity.heavyStep();
  let started: { pid: Pid; feed: boolean };
  try {
    started = await start(argv, context);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    await complain(context, `bash: ${argv[0]}: ${error.message}`);
    return CANNOT_RUN;
  }
  const { pid, feed } = started;
  job.processes.add(pid);
  context.onPid?.(pid);
  const reading = new AbortController();
  if (feed) void core.activity.thread(() => feedInput(pid, context, reading.signal));
  try {
    return statusOf(await task.waitToTheEnd(core.machine.exited(pid)), argv[0], context);
  } catch (error) {
    // The machine was put back to a time before it.
    if (error instanceof MachineError && error.code === 'ERESTORED') throw new Ended('SIGKILL');
    throw error;
  } finally {
    job.processes.delete(pid);
    reading.abort();
    if (context.stdin.terminal) context.stdin.close();
    core.foreground.delete(pid);
  }
}

async function start(
  argv: readonly [ProgramName, ...string[]],
  context: Context,
): Promise<{ pid: Pid; feed: boolean }> {
  const { core, state, stdin, stdout, stderr, job } = context;
  const common = {
    argv,
    cwd: state.folder,
    ...(state.host === undefined ? {} : { host: state.host }),
    env: state.environment,
  };
  const { terminal } = core.host;
  const foreground = job.number === 0;
  if (terminal !== undefined && foreground && stdin.terminal && stdout.terminal && stderr.terminal) {
    const pid = await core.machine.spawn({ ...common, terminal });
    core.foreground.add(pid);
    core.host.gaveTerminal?.(pid, argv[0]);
    return { pid, feed: false };
  }
  const whole = readsInput(argv, context) ? stdin.whole : new Uint8Array();
  const writer: { pid?: Pid } = {};
  const onOutput: SpawnOptions['onOutput'] = async (bytes, stream) => {
    try {
      await (stream === 'stdout' ? stdout : stderr).write(bytes);
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
      if (writer.pid !== undefined && !IGNORE_PIPES.includes(argv[0])) await core.machine.kill(writer.pid, 'SIGKILL');
    }
  };
  const pid = await core.machine.spawn({
    ...common,
    // A person reads what is printed on the screen, a program reads what is printed into a pipe or a file.
    env: { ...common.env, ...(stdout.terminal && { FAKETTY: '1' }) },
    stdin: whole ?? 'open',
    onOutput,
  });
  writer.pid = pid;
  return { pid, feed: whole === undefined };
}

/** Whether it gets the input that there is. In a loop that is the loop's, unless the program is one that asks for it. */
function readsInput(argv: readonly string[], { core, job, stdin, nested }: Context): boolean {
  if (stdin.terminal) return core.host.readLine !== undefined && job.number === 0;
  return !nested || argv.length === 1 || argv.some((arg) => ['-x', '-X', '--pipe', '-'].includes(arg));
}

/** Passes on what comes in, until nothing more does or the process reads no more. */
async function feedInput(pid: Pid, { core, stdin }: Context, over: AbortSignal): Promise<void> {
  const { machine, activity } = core;
  try {
    for (;;) {
      const bytes = await activity.wait(readUnless(stdin, over));
      if (over.aborted) return;
      if (!bytes) break;
      await activity.wait(machine.writeStdin(pid, bytes));
    }
    await machine.closeStdin(pid);
  } catch (error) {
    // It has ended, or has closed its input.
    if (!(error instanceof MachineError)) throw error;
  }
}

function readUnless(stdin: Source, over: AbortSignal): Promise<Uint8Array | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    over.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([stdin.read(), aborted]);
}

function statusOf(status: ExitStatus, program: string, { core }: Context): number {
  if (status.kind === 'exit') return status.code;
  if (status.kind === 'signal') return signalStatus(status.signal);
  core.host.crashed?.(`${program} has crashed: ${status.message}`);
  return signalStatus('SIGSEGV');
}
