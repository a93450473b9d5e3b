import { type Command, complain, print, read } from '../context.ts';

/** export [-n] [NAME[=VALUE]...] */
export const exportVariables: Command = async (args, context) => {
  const { state } = context;
  const remove = args[0] === '-n';
  const names = args.filter((arg) => !/^-[np]$/.test(arg));
  if (names.length === 0) {
    const lines = [...state.variables].filter(([, { exported }]) => exported);
    await print(context, lines.map(([name, { value }]) => `declare -x ${name}="${value}"\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const word of names) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(word) ?? [];
    if (name === undefined) {
      await complain(context, `bash: export: \`${word}': not a valid identifier`);
      status = 1;
      continue;
    }
    if (value !== undefined) state.set(name, value);
    const variable = state.variables.get(name);
    if (variable) variable.exported = !remove;
    else if (!remove) state.variables.set(name, { value: '', exported: true });
  }
  return status;
};

/** local and declare NAME[=VALUE]...: variables here belong to the whole shell. */
export const declare: Command = (args, { state }) => {
  for (const word of args.filter((arg) => !arg.startsWith('-'))) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(word) ?? [];
    if (name !== undefined) state.set(name, value ?? state.get(name) ?? '');
  }
  return 0;
};

/** unset NAME... */
export const unset: Command = (args, { state }) => {
  for (const name of args) {
    state.variables.delete(name);
    state.functions.delete(name);
  }
  return 0;
};

/** env: what programs get. */
export const env: Command = async (args, context) => {
  if (args.length > 0) return complain(context, 'env: write NAME=value before the command instead').then(() => 125);
  const lines = Object.entries({ ...context.state.environment, PWD: context.state.folder });
  await print(context, lines.map(([name, value]) => `${name}=${value}\n`).join(''));
  return 0;
};

/** read [-r] [NAME...]: a line of standard input, split at white space. Status 1 at its end. */
export const readLine: Command = async (args, context) => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const raw = args.includes('-r');
  const bytes: number[] = [];
  let ended = true;
  for (let chunk = await read(context); chunk; chunk = await read(context)) {
    const newline = chunk.indexOf(10);
    for (const byte of newline < 0 ? chunk : chunk.subarray(0, newline)) bytes.push(byte);
    if (newline < 0) continue;
    context.stdin.unread(chunk.subarray(newline + 1));
    ended = false;
    break;
  }
  const line = new TextDecoder().decode(Uint8Array.from(bytes));
  const text = raw ? line : line.replace(/\\([^])/g, '$1');
  const targets = names.length > 0 ? names : ['REPLY'];
  let rest = names.length > 0 ? text.trim() : text;
  for (const [at, name] of targets.entries()) {
    const last = at === targets.length - 1;
    const [word = ''] = /^\S*/.exec(rest) ?? [];
    context.state.set(name, last ? rest : word);
    rest = rest.slice(word.length).trimStart();
  }
  return ended && line === '' ? 1 : 0;
};

const OPTION_LETTERS = { e: 'errexit', u: 'nounset', x: 'xtrace' } as const;
const OPTION_NAMES = ['pipefail', 'errexit', 'nounset', 'xtrace'] as const;

/** set [-eux] [-o pipefail] [-- WORD...], with + to take back */
export const set: Command = async (args, context) => {
  const { state } = context;
  if (args.length === 0) {
    const lines = [...state.variables].sort(([a], [b]) => (a < b ? -1 : 1));
    await print(context, lines.map(([name, { value }]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--' || !/^[-+]/.test(arg)) {
      state.parameters = arg === '--' ? left : [arg, ...left];
      return 0;
    }
    const change = arg.startsWith('-') ? 'add' : 'delete';
    for (const letter of arg.slice(1)) {
      const named = letter === 'o' ? left.shift() : OPTION_LETTERS[letter as keyof typeof OPTION_LETTERS];
      const option = OPTION_NAMES.find((name) => name === named);
      if (!option) {
        await complain(context, `bash: set: ${letter === 'o' ? (named ?? '-o') : `-${letter}`}: invalid option`);
        return 2;
      }
      state.options[change](option);
    }
  }
  return 0;
};

/** shift [N] */
export const shift: Command = ([count = '1'], { state }) => {
  if (Number(count) > state.parameters.length) return 1;
  state.parameters = state.parameters.slice(Number(count));
  return 0;
};
