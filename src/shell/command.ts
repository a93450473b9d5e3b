import type { Assignment, Command as CommandNode, Redirection, Word } from 'unbash';
import { PROGRAMS, type ProgramName } from '../../wasm-redis/machine.ts';
import { BUILTINS } from './builtins/index.ts';
import { type Command, complain, type Context } from './context.ts';
import { Return } from './control.ts';
import { runSimple } from './execute.ts';
import { expandText, expandWords, ExpansionError } from './expand.ts';
import { describeEnd } from './job.ts';
import { runProcess } from './process.ts';
import { PROGRAMS_OF_SHELL } from './programs/index.ts';
import { withRedirects } from './redirect.ts';
import { Ended, signalStatus, Task, TaskTable } from './task.ts';

const NOT_FOUND = 127;

/** Runs assignments, redirections and a program, a function, or what the shell has itself. Resolves with its status. */
export async function runCommand(node: CommandNode, context: Context): Promise<number> {
  const { state } = context;
  const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
  const before = state.status;
  const words = [...(node.name ? [node.name] : []), ...node.args.map(asWord)];
  const argv = await expandWords(words, context);
  if (state.options.has('xtrace') && argv.length > 0) await complain(context, `+ ${argv.join(' ')}`);
  const [name] = argv;
  const redirects: readonly Redirection[] = node.redirects;
  if (name === undefined) {
    // The status of an assignment is that of the substitution in it.
    state.status = 0;
    for (const assignment of assignments) await assign(assignment, context);
    const { status } = state;
    return withRedirects(redirects, context, async () => status);
  }
  state.status = before;
  return withRedirects(redirects, context, async (redirected) => {
    if (assignments.length === 0) return runNamed(argv, redirected);
    // `NAME=value program`: for that program only.
    const scope = state.copy();
    const own = { ...redirected, state: scope };
    for (const assignment of assignments) {
      await assign(assignment, own);
      const variable = scope.variables.get(assignment.name);
      if (variable) variable.exported = true;
    }
    const status = await runNamed(argv, own);
    state.folder = scope.folder;
    return status;
  });
}

/** Runs a command by its words, of which there is at least one: `xargs`, `watch` and `on` come here too. */
export async function runNamed(argv: readonly string[], context: Context): Promise<number> {
  const [name = '', ...args] = argv;
  const called = context.state.functions.get(name);
  if (called) return callFunction(called, args, context);
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin) return builtin(args, context);
  const program = PROGRAMS.find((known) => known === name.replace(/^.*\//, ''));
  if (program) return runRedis([program, ...args], context);
  const own = Object.hasOwn(PROGRAMS_OF_SHELL, name) ? PROGRAMS_OF_SHELL[name] : undefined;
  if (own) return runOwn(own, argv, context);
  const message = name.includes('/') ? `${name}: No such file or directory` : `${name}: command not found`;
  await complain(context, `bash: ${message}`);
  // Written as Redis commands are, and no program is.
  if (/^[A-Z]+$/.test(name))
    await complain(context, `This is a shell. Redis commands go to redis-cli: redis-cli ${name} ...`);
  return NOT_FOUND;
}

async function runRedis(argv: readonly [ProgramName, ...string[]], context: Context): Promise<number> {
  const status = await runProcess(argv, context);
  const end = describeEnd(status);
  const foreground = context.job.number === 0;
  if (foreground && end !== undefined && end !== 'Interrupt') await complain(context, end);
  // Whoever presses Ctrl-C means the whole line.
  if (status === signalStatus('SIGINT')) throw new Ended('SIGINT');
  return status;
}

/** Runs a program of the shell's own, which can be signalled apart from what called it. */
async function runOwn(command: Command, argv: readonly string[], context: Context): Promise<number> {
  const { core, job } = context;
  const task = new Task(TaskTable.of(core.machine), core.activity, argv);
  job.tasks.add(task);
  context.onPid?.(task.pid);
  try {
    return await command(argv.slice(1), { ...context, task });
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    // It was meant for the line, or for this program alone.
    if (error.signal === 'SIGINT') throw error;
    return signalStatus(error.signal);
  } finally {
    job.tasks.delete(task);
    task.close();
  }
}

async function callFunction(
  { node: { body }, source }: NonNullable<ReturnType<Context['state']['functions']['get']>>,
  args: readonly string[],
  context: Context,
): Promise<number> {
  const { state } = context;
  const outer = state.parameters;
  if (state.depth > 200) throw new ExpansionError('maximum function nesting level exceeded (200)');
  state.parameters = args;
  state.depth++;
  try {
    return body.type === 'CompoundList' ? 1 : await runSimple(body, { ...context, source });
  } catch (error) {
    if (error instanceof Return) return error.status;
    throw error;
  } finally {
    state.parameters = outer;
    state.depth--;
  }
}

async function assign({ name, value, append, index }: Assignment, context: Context): Promise<void> {
  if (value.type === 'ArrayValue' || index) throw new ExpansionError(`${name}: arrays are not supported`);
  const text = await expandText(value, context);
  context.state.set(name, append ? (context.state.get(name) ?? '') + text : text);
}

/** `export NAME=value`: a word like another, for whoever reads it. */
function asWord(argument: Word | Assignment): Word {
  if (argument.type === 'Word') return argument;
  const { name, value, append, pos, end, text } = argument;
  if (value.type === 'ArrayValue') return { type: 'Word', text, value: text, pos, end };
  const prefix = `${name}${append ? '+' : ''}=`;
  const parts = value.parts ?? [{ type: 'Literal', pos, end, value: value.value, text: value.text } as const];
  const literal = { type: 'Literal', pos, end, value: prefix, text: prefix } as const;
  return { type: 'Word', text, value: prefix + value.value, pos, end, parts: [literal, ...parts] };
}
