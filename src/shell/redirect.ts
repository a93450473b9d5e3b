import type { Redirection } from 'unbash';
import { MachineError } from '../../wasm-redis/machine.ts';
import { complain, type Context, systemMessage } from './context.ts';
import { expandHereDocument, expandText, expandWords, ExpansionError } from './expand.ts';
import { bytesSource, NOWHERE, type Sink } from './stream.ts';

const encoder = new TextEncoder();

/**
 * Runs something with its input and output redirected. Status 1, with the message of bash, if a file cannot be opened.
 */
export async function withRedirects(
  redirections: readonly Redirection[],
  context: Context,
  run: (context: Context) => Promise<number>,
): Promise<number> {
  let redirected = context;
  for (const redirection of redirections) {
    const changed = await redirect(redirection, redirected);
    if (typeof changed === 'string') {
      await complain(context, `bash: ${changed}`);
      return 1;
    }
    redirected = changed;
  }
  return run(redirected);
}

/** The context with one more redirection, or why it is not possible. */
async function redirect(redirection: Redirection, context: Context): Promise<Context | string> {
  if (redirection.type === 'HereDoc') {
    const { parts, text } = redirection.body;
    const raw = redirection.operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
    const quoted = redirection.delimiter?.quoted ?? false;
    const document = quoted ? raw : await expandHereDocument(parts, raw, context);
    return { ...context, nested: false, stdin: bytesSource(encoder.encode(document)) };
  }
  if (redirection.type === 'HereString') {
    const text = await expandText(redirection.target, context);
    return { ...context, nested: false, stdin: bytesSource(encoder.encode(`${text}\n`)) };
  }
  const { operator, descriptor, target } = redirection;
  if (descriptor?.type === 'FileDescriptorVariable') throw new ExpansionError(`${descriptor.name}: not supported`);
  const number = descriptor?.value;
  if (!target) return 'syntax error';
  if (operator === '>&' || operator === '<&') {
    const to = await expandText(target, context);
    if (/^\d$/.test(to)) return copyDescriptor(number ?? (operator === '>&' ? 1 : 0), Number(to), context);
    if (number !== undefined) return `${to}: ambiguous redirect`;
  }
  const names = await expandWords([target], context);
  const [name] = names;
  if (name === undefined || names.length > 1) return `${target.text}: ambiguous redirect`;
  try {
    if (operator === '<') return await readFrom(name, context);
    const sink = await openFile(name, operator === '>>' || operator === '&>>', context);
    if (operator.startsWith('&') || operator === '>&') return { ...context, stdout: sink, stderr: sink };
    if (number !== undefined && number !== 1 && number !== 2) return `${number}: Bad file descriptor`;
    return number === 2 ? { ...context, stderr: sink } : { ...context, stdout: sink };
  } catch (error) {
    return `${name}: ${systemMessage(error)}`;
  }
}

function copyDescriptor(number: number, to: number, context: Context): Context | string {
  const sink = to === 1 ? context.stdout : to === 2 ? context.stderr : undefined;
  if (number === 0 && to === 0) return context;
  if (!sink || (number !== 1 && number !== 2)) return `${to}: Bad file descriptor`;
  return number === 1 ? { ...context, stdout: sink } : { ...context, stderr: sink };
}

async function readFrom(name: string, context: Context): Promise<Context> {
  const path = context.state.resolve(name);
  const bytes = path === '/dev/null' ? new Uint8Array() : await context.core.machine.readFile(path);
  return { ...context, nested: false, stdin: bytesSource(bytes) };
}

/** A file to write to, emptied or at its end. Rejects with `MachineError`. */
async function openFile(name: string, append: boolean, { core, state }: Context): Promise<Sink> {
  const path = state.resolve(name);
  if (path === '/dev/null') return NOWHERE;
  if (append) await core.machine.appendFile(path, new Uint8Array());
  else await empty(path, core.machine);
  return {
    terminal: false,
    write: (bytes) => core.machine.appendFile(path, bytes),
    close: () => undefined,
  };
}

async function empty(path: string, machine: Context['core']['machine']): Promise<void> {
  // Tells whether it is a folder, or in none.
  await machine.appendFile(path, new Uint8Array());
  try {
    await machine.writeFile(path, new Uint8Array());
  } catch (error) {
    if (error instanceof MachineError && error.code === 'ENOTDIR') throw new MachineError('EISDIR', path);
    throw error;
  }
}
