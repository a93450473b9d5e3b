import type { CommandNode, CompoundList, ParsedScript, PipelineNode, Script, Statement } from 'unbash';
import { runCommand } from './command.ts';
import { runCompound } from './compound.ts';
import { complain, type Context } from './context.ts';
import { Exit } from './control.ts';
import { ExpansionError } from './expand.ts';
import { Job } from './job.ts';
import { startJob } from './background.ts';
import { runPipeline } from './pipeline.ts';
import { withRedirects } from './redirect.ts';
import { Ended, signalStatus } from './task.ts';

/** Runs a list of commands. Resolves with the status of the last. Rejects with what leaves it: `exit`, a signal. */
export async function runList(list: CompoundList | Script, context: Context): Promise<number> {
  for (const statement of list.commands) await runStatement(statement, context);
  return context.state.status;
}

/** Runs a whole script in a (sub)shell: `exit` ends it, and a signal ends it if it was one of a part of it. */
export async function runScript(script: ParsedScript | CompoundList, context: Context): Promise<number> {
  try {
    return await runList(script, context);
  } catch (error) {
    return statusOf(error, context);
  }
}

/** The status that a shell has when it is left by an error. Rejects with the error if it is not one of a shell. */
export async function statusOf(error: unknown, context: Context): Promise<number> {
  if (error instanceof Exit) return error.status;
  if (error instanceof Ended) return signalStatus(error.signal);
  if (error instanceof ExpansionError) {
    await complain(context, `bash: ${error.message}`);
    return 1;
  }
  throw error;
}

async function runStatement({ command, background, pos, end }: Statement, context: Context): Promise<void> {
  await context.task.check();
  if (background) {
    await startJob(command, new Job(context.core.machine, sourceText(context, pos, end)), context);
    context.state.status = 0;
    return;
  }
  try {
    context.state.status = await runNode(command, context);
  } catch (error) {
    // Of a word that means nothing the line goes no further, but the shell does.
    if (!(error instanceof ExpansionError) || context.state.depth > 0) throw error;
    context.state.status = await statusOf(error, context);
    throw new Exit(context.state.status, 'line');
  }
  if (context.state.status !== 0 && context.state.options.has('errexit') && !context.state.condition) {
    throw new Exit(context.state.status);
  }
}

/** What was typed, without the `&`. */
function sourceText({ source }: Context, pos: number, end: number): string {
  return source
    .slice(pos, end)
    .replace(/\s*&\s*$/, '')
    .trim();
}

/** Runs one command, of whatever kind. Resolves with its exit status. */
export async function runNode(node: PipelineNode | Statement['command'], context: Context): Promise<number> {
  switch (node.type) {
    case 'AndOr': {
      let status = 0;
      for (const [at, command] of node.commands.entries()) {
        const operator = node.operators[at - 1];
        if (operator === '&&' && status !== 0) continue;
        if (operator === '||' && status === 0) continue;
        const last = at === node.commands.length - 1;
        status = last ? await runNode(command, context) : await runCondition(() => runNode(command, context), context);
        context.state.status = status;
      }
      return status;
    }
    case 'Pipeline':
      return runPipeline(node, context);
    default:
      return runSimple(node, context);
  }
}

/** Runs what is no pipeline. */
export async function runSimple(node: CommandNode, context: Context): Promise<number> {
  switch (node.type) {
    case 'Command':
      return runCommand(node, context);
    case 'Redirected':
      return withRedirects(node.redirects, context, (redirected) => runCompound(node.command, redirected));
    case 'Function': {
      context.state.functions.set(node.name.value, { node, source: context.source });
      return 0;
    }
    case 'Coproc':
      throw new ExpansionError('coproc: not supported');
    default:
      return runCompound(node, context);
  }
}

/** Runs what is asked for its status: a failure there does not end a shell with `set -e`. */
export async function runCondition(run: () => Promise<number>, { state }: Context): Promise<number> {
  const before = state.condition;
  state.condition = true;
  try {
    return await run();
  } finally {
    state.condition = before;
  }
}
