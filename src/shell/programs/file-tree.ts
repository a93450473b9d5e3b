import type { FolderEntry } from '../../../wasm-redis/machine.ts';
import { type Command, complain, type Context, systemMessage } from '../context.ts';
import { entryAt, list } from '../files.ts';
import { program, UsageError } from './options.ts';

/** Does something for each operand; what fails is complained about, and the status is 1 then. */
async function each(
  operands: readonly string[],
  context: Context,
  describe: (name: string, reason: string) => string,
  act: (path: string, name: string) => Promise<string | undefined>,
): Promise<number> {
  let status = 0;
  for (const name of operands) {
    let reason: string | undefined;
    try {
      reason = await act(context.state.resolve(name), name);
    } catch (error) {
      reason = systemMessage(error);
    }
    if (reason === undefined) continue;
    await complain(context, describe(name, reason));
    status = 1;
  }
  return status;
}

function needOperand(operands: readonly string[], what = 'operand'): void {
  if (operands.length === 0) throw new UsageError(`missing ${what}`);
}

/** mkdir [-p] */
export const mkdir: Command = program(
  'mkdir',
  { flags: 'pv', long: { parents: 'p' } },
  ({ flags, operands }, context) => {
    needOperand(operands);
    const { machine } = context.core;
    return each(
      operands,
      context,
      (name, reason) => `mkdir: cannot create directory '${name}': ${reason}`,
      async (path) => {
        if (!flags.has('p')) return void (await machine.makeFolder(path));
        let made = '';
        for (const step of path.split('/').filter(Boolean)) {
          made += `/${step}`;
          const entry = await entryAt(made, context);
          if (!entry) await machine.makeFolder(made);
          else if (entry.kind !== 'folder') return 'Not a directory';
        }
        return undefined;
      },
    );
  },
);

/** rmdir */
export const rmdir: Command = program('rmdir', {}, ({ operands }, context) => {
  needOperand(operands);
  return each(
    operands,
    context,
    (name, reason) => `rmdir: failed to remove '${name}': ${reason}`,
    async (path) => {
      const entry = await entryAt(path, context);
      if (entry?.kind !== 'folder') return entry ? 'Not a directory' : 'No such file or directory';
      if ((await list(path, context)).length > 0) return 'Directory not empty';
      return void (await context.core.machine.removeFile(path));
    },
  );
});

/** rm [-r] [-f] */
export const rm: Command = program(
  'rm',
  { flags: 'rRfv', long: { recursive: 'r', force: 'f' } },
  ({ flags, operands }, context) => {
    if (!flags.has('f')) needOperand(operands);
    return each(
      operands,
      context,
      (name, reason) => `rm: cannot remove '${name}': ${reason}`,
      async (path) => {
        const entry = await entryAt(path, context);
        if (!entry) return flags.has('f') ? undefined : 'No such file or directory';
        if (entry.kind === 'folder' && !flags.has('r') && !flags.has('R')) return 'Is a directory';
        if (entry.kind === 'device' || path === '/') return 'Operation not permitted';
        return void (await context.core.machine.removeFile(path));
      },
    );
  },
);

/** touch */
export const touch: Command = program('touch', {}, ({ operands }, context) => {
  needOperand(operands, 'file operand');
  return each(
    operands,
    context,
    (name, reason) => `touch: cannot touch '${name}': ${reason}`,
    async (path) => {
      const { machine } = context.core;
      const entry = await entryAt(path, context);
      // To write what is there is the only way to change its time.
      if (entry?.kind === 'file') await machine.writeFile(path, await machine.readFile(path));
      else if (!entry) await machine.appendFile(path, new Uint8Array());
      return undefined;
    },
  );
});

/** truncate -s SIZE: `0`, `100`, `-5` (so much less), `+5`, `4k` */
export const truncate: Command = program(
  'truncate',
  { values: 's', long: { size: 's' } },
  ({ values, operands }, context) => {
    const [, sign, digits, unit] = /^([+-]?)(\d+)([kKmM]?)$/.exec(values.get('s') ?? '') ?? [];
    if (digits === undefined) throw new UsageError("you must specify a size with -s, as in 'truncate -s -5 file'");
    needOperand(operands, 'file operand');
    const size = Number(digits) * (unit === '' || unit === undefined ? 1 : /k/i.test(unit) ? 1024 : 1024 ** 2);
    return each(
      operands,
      context,
      (name, reason) => `truncate: cannot open '${name}' for writing: ${reason}`,
      async (path) => {
        const { machine } = context.core;
        await machine.appendFile(path, new Uint8Array());
        const before = await machine.readFile(path);
        const after = new Uint8Array(
          sign === '-' ? Math.max(0, before.length - size) : sign === '+' ? before.length + size : size,
        );
        after.set(before.subarray(0, after.length));
        await machine.writeFile(path, after);
        return undefined;
      },
    );
  },
);

/** mv */
export const mv: Command = program('mv', { flags: 'fv' }, ({ operands }, context) =>
  toTarget('mv', 'move', operands, context, (from, to) => context.core.machine.rename(from, to)),
);

/** cp [-r] */
export const cp: Command = program('cp', { flags: 'rRafp', long: { recursive: 'r' } }, ({ flags, operands }, context) =>
  toTarget('cp', 'copy', operands, context, async (from, to, entry) => {
    const { machine } = context.core;
    if (entry.kind !== 'folder') return machine.writeFile(to, await machine.readFile(from));
    if (!['r', 'R', 'a'].some((flag) => flags.has(flag))) return '-r not specified; omitting directory';
    if (`${to}/`.startsWith(`${from}/`)) return 'cannot copy a directory into itself';
    await copyFolder(from, to, context);
    return undefined;
  }),
);

async function copyFolder(from: string, to: string, context: Context): Promise<void> {
  const { machine } = context.core;
  if (!(await entryAt(to, context))) await machine.makeFolder(to);
  for (const { name, kind } of await list(from, context)) {
    if (kind === 'folder') await copyFolder(`${from}/${name}`, `${to}/${name}`, context);
    else await machine.writeFile(`${to}/${name}`, await machine.readFile(`${from}/${name}`));
  }
}

/** Files to a file, or into a folder. */
async function toTarget(
  program: string,
  verb: string,
  operands: readonly string[],
  context: Context,
  act: (from: string, to: string, entry: FolderEntry) => Promise<string | void>,
): Promise<number> {
  const target = operands.at(-1);
  if (target === undefined) throw new UsageError('missing file operand');
  if (operands.length === 1) throw new UsageError(`missing destination file operand after '${target}'`);
  const path = context.state.resolve(target);
  const folder = (await entryAt(path, context))?.kind === 'folder';
  if (operands.length > 2 && !folder) throw new UsageError(`target '${target}': No such file or directory`);
  const describe = (name: string, reason: string): string =>
    reason.startsWith('-r')
      ? `${program}: ${reason} '${name}'`
      : `${program}: cannot ${verb} '${name}' to '${target}': ${reason}`;
  return each(operands.slice(0, -1), context, describe, async (from, name) => {
    const entry = await entryAt(from, context);
    if (!entry) return 'No such file or directory';
    const to = folder ? `${path === '/' ? '' : path}/${name.replace(/\/+$/, '').split('/').at(-1) ?? ''}` : path;
    if (from === to) return `'${name}' and '${target}' are the same file`;
    return (await act(from, to, entry)) ?? undefined;
  });
}
