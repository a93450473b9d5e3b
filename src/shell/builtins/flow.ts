import { type Command, complain, type Context, systemMessage } from '../context.ts';
import { Exit, LeaveLoop, Return } from '../control.ts';
import { readWhole } from '../files.ts';

/** `:` and `true` */
export const succeed: Command = () => 0;
/** `false` */
export const fail: Command = () => 1;

/** exit [STATUS] */
export const exit: Command = async ([status], context) => {
  throw new Exit(await statusFrom('exit', status, context));
};

/** return [STATUS] */
export const returnFrom: Command = async ([status], context) => {
  if (context.state.depth > 0) throw new Return(await statusFrom('return', status, context));
  await complain(context, "bash: return: can only `return' from a function or sourced script");
  return 1;
};

async function statusFrom(name: string, text: string | undefined, context: Context): Promise<number> {
  if (text === undefined) return context.state.status;
  if (/^-?\d+$/.test(text)) return Number(text) & 0xff;
  await complain(context, `bash: ${name}: ${text}: numeric argument required`);
  return 2;
}

const leave =
  (kind: 'break' | 'continue'): Command =>
  async ([levels = '1'], context) => {
    if (context.state.depth > 0) throw new LeaveLoop(kind, Number(levels) || 1);
    await complain(context, `bash: ${kind}: only meaningful in a \`for', \`while', or \`until' loop`);
    return 0;
  };

export const breakLoop = leave('break');
export const continueLoop = leave('continue');

/** eval WORD... */
export const evaluateWords: Command = (args, context) => context.core.runText(args.join(' '), context);

/** source FILE, `.` FILE and bash FILE */
export const source: Command = async ([name, ...args], context) => {
  if (name === undefined) return complain(context, 'bash: source: filename argument required').then(() => 2);
  let text: string;
  try {
    text = new TextDecoder().decode(await readWhole(name, context));
  } catch (error) {
    await complain(context, `bash: ${name}: ${systemMessage(error)}`);
    return 1;
  }
  const { state } = context;
  const outer = state.parameters;
  if (args.length > 0) state.parameters = args;
  state.depth++;
  try {
    return await context.core.runText(text, context);
  } catch (error) {
    if (error instanceof Return) return error.status;
    throw error;
  } finally {
    state.depth--;
    state.parameters = outer;
  }
};

/** bash and sh: `-c TEXT [NAME ARGUMENT...]`, or a file; in a shell of its own. */
export const shell: Command = async (args, context) => {
  const inner = { ...context, state: context.state.copy() };
  try {
    if (args[0] === '-c' && args[1] !== undefined) {
      inner.state.parameters = args.slice(3);
      return await context.core.runText(args[1], inner);
    }
    if (args.length > 0) return await source(args, inner);
    await complain(context, 'bash: this is one already. Give it -c and a line, or a file');
    return 2;
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  }
};
