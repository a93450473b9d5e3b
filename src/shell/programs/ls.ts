import type { FolderEntry } from '../../../wasm-redis/machine.ts';
import { type Command, complain, print, type Context } from '../context.ts';
import { entryAt, list } from '../files.ts';
import { type Options, program } from './options.ts';

const BLOCK_BYTES = 4096;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HALF_A_YEAR_MS = 182 * 24 * 3600 * 1000;

/** ls [-l] [-a] [-1] [-R] [-t] [-S] [-r] [-h] [-d] */
export const ls: Command = program('ls', { flags: 'laA1RtSrhdF', long: { all: 'a' } }, async (options, context) => {
  const { flags, operands } = options;
  let status = 0;
  const files: FolderEntry[] = [];
  const folders: string[] = [];
  for (const name of operands.length > 0 ? operands : ['.']) {
    const entry = await entryAt(context.state.resolve(name), context);
    if (!entry) {
      await complain(context, `ls: cannot access '${name}': No such file or directory`);
      status = 2;
    } else if (entry.kind === 'folder' && !flags.has('d')) folders.push(name);
    else files.push({ ...entry, name });
  }
  if (files.length > 0) await show(files, options, context);
  const several = folders.length + files.length > 1 || flags.has('R');
  let first = files.length === 0;
  for (let name = folders.shift(); name !== undefined; name = folders.shift()) {
    const entries = (await list(context.state.resolve(name), context)).filter(
      (entry) => flags.has('a') || flags.has('A') || !entry.name.startsWith('.'),
    );
    if (several) await print(context, `${first ? '' : '\n'}${name}:\n`);
    first = false;
    if (flags.has('l')) await print(context, `total ${entries.reduce((sum, entry) => sum + blocksOf(entry), 0)}\n`);
    await show(entries, options, context);
    if (flags.has('R'))
      folders.unshift(...entries.filter(({ kind }) => kind === 'folder').map((entry) => `${name}/${entry.name}`));
  }
  return status;
});

async function show(entries: readonly FolderEntry[], { flags }: Options, context: Context): Promise<void> {
  const sorted = [...entries];
  if (flags.has('S')) sorted.sort((a, b) => b.sizeBytes - a.sizeBytes);
  if (flags.has('t')) sorted.sort((a, b) => b.modifiedMs - a.modifiedMs);
  if (flags.has('r')) sorted.reverse();
  if (flags.has('l')) {
    const { nowMs } = await context.core.machine.clock();
    const sizes = sorted.map(({ sizeBytes }) => (flags.has('h') ? humanSize(sizeBytes) : String(sizeBytes)));
    const width = Math.max(0, ...sizes.map(({ length }) => length));
    const rows = sorted.map(
      (entry, at) =>
        `${modeOf(entry)} 1 root root ${(sizes[at] ?? '').padStart(width)} ${timeOf(entry.modifiedMs, nowMs)} ${entry.name}\n`,
    );
    await print(context, rows.join(''));
    return;
  }
  const names = sorted.map(({ name, kind }) => (flags.has('F') && kind === 'folder' ? `${name}/` : name));
  if (!context.stdout.terminal || flags.has('1')) await print(context, names.map((name) => `${name}\n`).join(''));
  else await print(context, inColumns(names, context.core.host.columns));
}

/** Names below each other, in as many columns as fit. */
export function inColumns(names: readonly string[], width: number): string {
  if (names.length === 0) return '';
  for (let rows = 1; rows <= names.length; rows++) {
    const columns = Array.from({ length: Math.ceil(names.length / rows) }, (_, at) =>
      names.slice(at * rows, (at + 1) * rows),
    );
    const widths = columns.map((column) => Math.max(...column.map(({ length }) => length)));
    if (rows < names.length && widths.reduce((sum, columnWidth) => sum + columnWidth + 2, -2) > width) continue;
    const line = (_: unknown, row: number): string =>
      columns
        .map((column, at) => (column[row] ?? '').padEnd((widths[at] ?? 0) + 2))
        .join('')
        .trimEnd();
    return `${Array.from({ length: rows }, line).join('\n')}\n`;
  }
  return '';
}

function blocksOf({ sizeBytes, kind }: FolderEntry): number {
  return kind === 'file' ? Math.ceil(sizeBytes / BLOCK_BYTES) * (BLOCK_BYTES / 1024) : BLOCK_BYTES / 1024;
}

function modeOf({ kind, mode }: FolderEntry): string {
  const letters = ['r', 'w', 'x'];
  const bits = Array.from({ length: 9 }, (_, at) => (mode & (1 << (8 - at)) ? (letters[at % 3] ?? '') : '-'));
  return ({ file: '-', folder: 'd', device: 'c' } as const)[kind] + bits.join('');
}

/** As ls has it: the time of day, or the year of what is old. */
function timeOf(modifiedMs: number, nowMs: number): string {
  const date = new Date(modifiedMs);
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`;
  if (Math.abs(nowMs - modifiedMs) > HALF_A_YEAR_MS) return `${day}  ${date.getUTCFullYear()}`;
  return `${day} ${date.toISOString().slice(11, 16)}`;
}

function humanSize(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  if (power === 0) return String(bytes);
  const value = bytes / 1024 ** power;
  return (value < 10 ? value.toFixed(1) : String(Math.ceil(value))) + ' KMG'.charAt(power);
}
