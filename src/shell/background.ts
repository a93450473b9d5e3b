import type { CommandNode, Statement } from 'unbash';
import { MachineError, type Pid } from '../../wasm-redis/machine.ts';
import { complain, type Context } from './context.ts';
import { runNode, statusOf } from './execute.ts';
import type { Job } from './job.ts';
import { bytesSource } from './stream.ts';
import { signalStatus, Task, TaskTable } from './task.ts';

/** Starts a command with `&` and says its number and process id. Resolves when it has begun. */
export async function startJob(command: Statement['command'], job: Job, context: Context): Promise<void> {
  const { core, state, stdin } = context;
  core.jobs.add(job);
  // What is one program is listed as that program.
  const argv = isOne(command) ? ['bash'] : [job.text];
  const task = new Task(TaskTable.of(core.machine), core.activity, argv);
  job.tasks.add(task);
  const started = Promise.withResolvers<Pid>();
  const run = async (): Promise<void> => {
    const own: Context = {
      ...context,
      state: state.copy(),
      stdin: stdin.terminal ? bytesSource(new Uint8Array()) : stdin,
      task,
      job,
      onPid: started.resolve,
    };
    const status = await statusInBackground(() => runNode(command, own), own);
    job.tasks.delete(task);
    task.close();
    started.resolve(task.pid);
    job.end(status);
  };
  // A list of commands is a shell of its own; a program is known when it has been started.
  if (!isOne(command)) started.resolve(task.pid);
  void core.activity.thread(run);
  job.pid = await context.task.waitToTheEnd(started.promise);
  state.lastBackground = job.pid;
  await complain(context, `[${job.number}] ${job.pid}`);
}

async function statusInBackground(run: () => Promise<number>, context: Context): Promise<number> {
  try {
    return await run().catch((error: unknown) => statusOf(error, context));
  } catch (error) {
    // The machine is gone, and with it everybody who could be told.
    if (!(error instanceof MachineError)) throw error;
    return signalStatus('SIGHUP');
  }
}

function isOne(command: Statement['command']): boolean {
  if (command.type === 'AndOr') return false;
  const last: CommandNode | undefined = command.type === 'Pipeline' ? command.commands.at(-1) : command;
  return last?.type === 'Command';
}
