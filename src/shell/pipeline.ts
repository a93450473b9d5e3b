import type { CommandNode, Pipeline } from 'unbash';
import { complain, type Context } from './context.ts';
import { runSimple, statusOf } from './execute.ts';
import { Pipe } from './stream.ts';
import { Task, TaskTable } from './task.ts';

/** Runs the commands of a pipeline at the same time, each in a subshell of its own. The status is that of the last. */
export async function runPipeline(pipeline: Pipeline, context: Context): Promise<number> {
  const { state, core, task } = context;
  const negated = pipeline.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
  const timed = pipeline.prefixes.some(({ type }) => type === 'Time');
  const before = timed ? await core.machine.clock() : undefined;
  const [first] = pipeline.commands;
  const alone = pipeline.commands.length === 1 && first;
  const statuses = alone ? [await runSimple(first, context)] : await runStages(pipeline, context);
  if (before) {
    const after = await task.waitToTheEnd(core.machine.clock());
    await complain(context, `\nreal\t${minutes(after.uptimeMs - before.uptimeMs)}`);
  }
  const failed = state.options.has('pipefail') ? statuses.findLast((status) => status !== 0) : undefined;
  const status = failed ?? statuses.at(-1) ?? 0;
  if (!negated) return status;
  return status === 0 ? 1 : 0;
}

async function runStages({ commands, operators }: Pipeline, context: Context): Promise<number[]> {
  const { core, job } = context;
  let stdin = context.stdin;
  const stages: Promise<number>[] = [];
  for (const [at, command] of commands.entries()) {
    const last = at === commands.length - 1;
    const pipe = last ? undefined : new Pipe();
    const stdout = pipe?.sink ?? context.stdout;
    const stderr = operators[at] === '|&' ? stdout : context.stderr;
    const task = new Task(TaskTable.of(core.machine), core.activity, ['bash']);
    job.tasks.add(task);
    const state = context.state.copy();
    const onPid = last ? context.onPid : undefined;
    const stage = { ...context, state, stdin, stdout, stderr, task, onPid };
    const input = at > 0 ? stdin : undefined;
    stages.push(
      core.activity
        .thread(() => runStage(command, stage))
        .finally(() => {
          pipe?.sink.close();
          input?.close();
          job.tasks.delete(task);
          task.close();
        }),
    );
    if (pipe) stdin = pipe.source;
  }
  return context.task.waitToTheEnd(Promise.all(stages));
}

async function runStage(command: CommandNode, context: Context): Promise<number> {
  try {
    return await runSimple(command, context);
  } catch (error) {
    return statusOf(error, context);
  }
}

function minutes(ms: number): string {
  return `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s`;
}
