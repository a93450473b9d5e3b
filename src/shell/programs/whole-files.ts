import { type Command, complain, type Context, print, read, systemMessage } from '../context.ts';
import { entryAt, readWhole } from '../files.ts';
import { concatenate } from '../stream.ts';
import { openInputs, readAll } from './input.ts';
import { numberOf, program } from './options.ts';

/** How often `tail -f` looks whether its file has grown, of the machine's time. */
const LOOK_AGAIN_MS = 250;
const NEWLINE = 10;

/** cat [-n] */
export const cat: Command = program('cat', { flags: 'nu' }, async ({ flags, operands }, context) => {
  let status = 0;
  let line = 1;
  for await (const { chunks } of openInputs('cat', operands, context, () => (status = 1))) {
    for await (const chunk of chunks) {
      if (!flags.has('n')) await print(context, chunk);
      else {
        const lines = new TextDecoder().decode(chunk).replace(/\n$/, '').split('\n');
        await print(context, lines.map((text) => `${String(line++).padStart(6)}\t${text}\n`).join(''));
      }
    }
  }
  return status;
});

/** head [-n N | -N | -c N]: reads no further than it must. */
export const head: Command = program('head', { flags: 'qv', values: 'nc', number: 'n' }, async (options, context) => {
  const bytes = numberOf(options, 'c', 'number of bytes');
  const count = bytes ?? numberOf(options, 'n') ?? 10;
  let status = 0;
  const several = options.operands.length > 1;
  let first = true;
  for await (const { name, chunks } of openInputs('head', options.operands, context, () => (status = 1))) {
    if (several) await print(context, `${first ? '' : '\n'}==> ${name} <==\n`);
    first = false;
    if (count < 0) {
      const { bytes: all } = await collect(chunks);
      await print(context, bytes === undefined ? all.subarray(0, lastLines(all, -count)) : all.subarray(0, count));
      continue;
    }
    let left = count;
    for await (const chunk of chunks) {
      const taken =
        bytes === undefined ? firstLines(chunk, left) : { end: Math.min(left, chunk.length), units: chunk.length };
      await print(context, chunk.subarray(0, taken.end));
      left -= taken.units;
      if (left <= 0) break;
    }
  }
  return status;
});

/** tail [-n N | -N | -n +N | -c N | -c +N] [-f | -F] */
export const tail: Command = program(
  'tail',
  { flags: 'fFq', values: 'nc', number: 'n', long: { follow: 'f' } },
  async (options, context) => {
    const { flags, values, operands } = options;
    const count = numberOf(options, 'n') ?? 10;
    const byteCount = numberOf(options, 'c', 'number of bytes');
    const fromStart = (values.get('c') ?? values.get('n'))?.startsWith('+') ?? false;
    /** Where the part to be shown begins. */
    const startIn = (bytes: Uint8Array): number => {
      if (byteCount === undefined) {
        return fromStart ? firstLines(bytes, Math.max(0, count - 1)).end : lastLines(bytes, Math.abs(count));
      }
      return fromStart ? Math.max(0, byteCount - 1) : Math.max(0, bytes.length - Math.abs(byteCount));
    };
    const follows = flags.has('f') || flags.has('F');
    const sizes = new Map<string, number>();
    let status = 0;
    let shown: string | undefined;
    const show = async (name: string, bytes: Uint8Array): Promise<void> => {
      if (operands.length > 1 && shown !== name) {
        await print(context, `${shown === undefined ? '' : '\n'}==> ${name} <==\n`);
      }
      shown = name;
      await print(context, bytes);
    };
    for await (const { name, chunks } of openInputs('tail', operands, context, () => (status = 1))) {
      const { bytes } = await collect(chunks);
      sizes.set(name, bytes.length);
      await show(name, bytes.subarray(startIn(bytes)));
    }
    if (flags.has('F')) for (const name of operands) if (!sizes.has(name)) sizes.set(name, 0);
    if (!follows || operands.length === 0 || sizes.size === 0) return status;
    for (;;) {
      await context.task.wait(context.core.machine.elapsed(LOOK_AGAIN_MS));
      for (const [name, size] of sizes) sizes.set(name, await follow(name, size, context, show));
    }
  },
);

async function follow(
  name: string,
  knownBytes: number,
  context: Context,
  show: (name: string, bytes: Uint8Array) => Promise<void>,
): Promise<number> {
  const entry = await entryAt(context.state.resolve(name), context);
  if (!entry || entry.sizeBytes === knownBytes) return entry?.sizeBytes ?? 0;
  const bytes = await readWhole(name, context);
  if (bytes.length < knownBytes) await complain(context, `tail: ${name}: file truncated`);
  await show(name, bytes.subarray(bytes.length < knownBytes ? 0 : knownBytes));
  return bytes.length;
}

/** tee [-a] */
export const tee: Command = program('tee', { flags: 'a' }, async ({ flags, operands }, context) => {
  const { machine } = context.core;
  const paths = operands.map((name) => context.state.resolve(name));
  let status = 0;
  try {
    if (!flags.has('a')) for (const path of paths) await machine.writeFile(path, new Uint8Array());
    for (let chunk = await read(context); chunk; chunk = await read(context)) {
      for (const path of paths) await machine.appendFile(path, chunk);
      await print(context, chunk);
    }
  } catch (error) {
    await complain(context, `tee: ${operands.join(' ')}: ${systemMessage(error)}`);
    status = 1;
  }
  return status;
});

/** xxd [-l N] [-s N] [-c N] [-p] */
export const xxd: Command = program('xxd', { flags: 'p', values: 'lsc' }, async (options, context) => {
  const { bytes, status } = await readAll('xxd', options.operands, context);
  const skip = Number(options.values.get('s') ?? 0);
  const start = skip < 0 ? Math.max(0, bytes.length + skip) : skip;
  const shown = bytes.subarray(start, start + Number(options.values.get('l') ?? bytes.length));
  if (options.flags.has('p')) {
    const hex = Array.from(shown, hexOf).join('');
    await print(context, hex.replace(/(.{1,60})/g, '$1\n'));
    return status;
  }
  const columns = numberOf(options, 'c', 'number of columns') ?? 16;
  const lines: string[] = [];
  for (let at = 0; at < shown.length; at += columns) {
    const row = shown.subarray(at, at + columns);
    const hex = Array.from(row, (byte, index) => hexOf(byte) + (index % 2 === 1 ? ' ' : '')).join('');
    const text = Array.from(row, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    const width = columns * 2 + Math.ceil(columns / 2);
    lines.push(`${(start + at).toString(16).padStart(8, '0')}: ${hex.padEnd(width)} ${text}\n`);
  }
  await print(context, lines.join(''));
  return status;
});

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<{ bytes: Uint8Array }> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return { bytes: concatenate(all) };
}

/** Where the first so many lines end, and how many there are. */
function firstLines(bytes: Uint8Array, count: number): { end: number; units: number } {
  let end = 0;
  let units = 0;
  while (units < count) {
    const newline = bytes.indexOf(NEWLINE, end);
    if (newline < 0) return { end: bytes.length, units };
    end = newline + 1;
    units++;
  }
  return { end, units };
}

/** Where the last so many lines begin. */
function lastLines(bytes: Uint8Array, count: number): number {
  if (count === 0) return bytes.length;
  // The newline at the very end closes the last line and begins none.
  let at = bytes.length - 1;
  for (let found = 0; found < count; found++) {
    at = bytes.lastIndexOf(NEWLINE, at - 1);
    if (at < 0) return 0;
    if (at === 0) return found + 1 === count ? 1 : 0;
  }
  return at + 1;
}
