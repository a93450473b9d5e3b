import { MachineError } from '../../../wasm-redis/machine.ts';
import { runNamed } from '../command.ts';
import { type Command, complain, print, systemMessage } from '../context.ts';
import { entryAt, readWhole } from '../files.ts';
import { HOME_FOLDER } from '../state.ts';
import { escaped, formatted } from '../programs/format.ts';

/** echo [-n] [-e] [WORD...] */
export const echo: Command = async (args, context) => {
  const options = [...args];
  const letters = new Set<string>();
  while (/^-[neE]+$/.test(options[0] ?? '')) for (const letter of options.shift()?.slice(1) ?? '') letters.add(letter);
  const text = options.join(' ');
  const { bytes, ended } = letters.has('e') ? escaped(text) : { bytes: text, ended: false };
  await print(context, bytes);
  if (!letters.has('n') && !ended) await print(context, '\n');
  return 0;
};

/** printf FORMAT [ARGUMENT...] */
export const printf: Command = async ([format, ...args], context) => {
  if (format === undefined) return complain(context, 'printf: usage: printf [-v var] format [arguments]').then(() => 2);
  await print(context, formatted(format, args));
  return 0;
};

/** cd [FOLDER | -] */
export const cd: Command = async ([name = HOME_FOLDER], context) => {
  const { state } = context;
  const target = name === '-' ? (state.get('OLDPWD') ?? state.folder) : name;
  const path = state.resolve(target);
  const entry = await entryAt(path, context);
  if (entry?.kind !== 'folder') {
    await complain(context, `bash: cd: ${name}: ${entry ? 'Not a directory' : 'No such file or directory'}`);
    return 1;
  }
  if (name === '-') await print(context, `${path}\n`);
  state.set('OLDPWD', state.folder);
  state.folder = path;
  return 0;
};

/** pwd */
export const pwd: Command = async (_args, context) => {
  await print(context, `${context.state.folder}\n`);
  return 0;
};

/** history [-c] */
export const history: Command = async ([option], context) => {
  const { history: lines } = context.core;
  if (option === '-c') lines.clear();
  else await print(context, lines.lines.map((line, at) => `${String(at + 1).padStart(5)}  ${line}\n`).join(''));
  return 0;
};

/** clear */
export const clear: Command = async (_args, context) => {
  if (context.core.host.terminal !== undefined) await print(context, '\x1b[H\x1b[2J\x1b[3J');
  return 0;
};

const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** on HOST COMMAND...: runs it on another host, given by its address or the name of a node. */
export const on: Command = async ([name, ...argv], context) => {
  if (name === undefined || argv.length === 0) {
    await complain(context, 'on: usage: on ADDRESS-OR-NODE COMMAND..., as in: on 10.0.0.2 redis-cli PING');
    return 2;
  }
  const host = ADDRESS.test(name) ? name : await context.core.host.addressOf?.(name);
  if (host === undefined) {
    await complain(context, `on: ${name}: no node of that name, and no address`);
    return 1;
  }
  const state = context.state.copy();
  state.host = host;
  const status = await runNamed(argv, { ...context, state });
  context.state.folder = state.folder;
  return status;
};

/** fault LINE: lets something go wrong, as `fault cut shop copy`. */
export const fault: Command = async (args, context) => {
  const { host } = context.core;
  if (!host.fault) {
    await complain(context, 'fault: there are no nodes here');
    return 1;
  }
  try {
    const said = await host.fault(args.join(' '));
    if (said !== '') await print(context, `${said}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    await complain(context, `fault: ${error.message}`);
    return 1;
  }
};

/** edit FILE: in the page. */
export const edit: Command = async ([name], context) => {
  if (name === undefined) return complain(context, 'edit: usage: edit FILE').then(() => 2);
  const { host, machine } = context.core;
  if (!host.edit) {
    await complain(
      context,
      'edit: opens an editor in a terminal of the page. Here, write the file with printf or a here-document',
    );
    return 1;
  }
  let text = '';
  try {
    text = new TextDecoder().decode(await readWhole(name, context));
  } catch (error) {
    if (!(error instanceof MachineError) || error.code !== 'ENOENT') {
      await complain(context, `edit: ${name}: ${systemMessage(error)}`);
      return 1;
    }
  }
  const changed = await context.task.wait(host.edit(name, text));
  if (changed === undefined) return 1;
  await machine.writeFile(context.state.resolve(name), new TextEncoder().encode(changed));
  return 0;
};
