import { type Command, complain, print } from '../context.ts';
import { formatted } from './format.ts';
import { linesOf, openInputs, readAll, splitLines, standardInput } from './input.ts';
import { program, UsageError } from './options.ts';

const joinLines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** wc [-l -w -c -m] */
export const wc: Command = program('wc', { flags: 'lwcm' }, async ({ flags, operands }, context) => {
  let status = 0;
  const rows: { counts: number[]; name: string }[] = [];
  for await (const { name, chunks } of openInputs('wc', operands, context, () => (status = 1))) {
    let [lines, words, bytes, characters, inWord] = [0, 0, 0, 0, false];
    const decoder = new TextDecoder();
    for await (const chunk of chunks) {
      bytes += chunk.length;
      const text = decoder.decode(chunk, { stream: true });
      characters += [...text].length;
      for (const character of text) {
        if (character === '\n') lines++;
        const blank = /\s/.test(character);
        if (!blank && !inWord) words++;
        inWord = !blank;
      }
    }
    const wanted = [
      [flags.has('l'), lines],
      [flags.has('w'), words],
      [flags.has('c'), bytes],
      [flags.has('m'), characters],
    ] as const;
    const some = wanted.filter(([want]) => want).map(([, count]) => count);
    rows.push({ counts: some.length > 0 ? some : [lines, words, bytes], name: operands.length > 0 ? name : '' });
  }
  if (rows.length > 1) {
    const totals = rows[0]?.counts.map((_, at) => rows.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0)) ?? [];
    rows.push({ counts: totals, name: 'total' });
  }
  const width = rows.length > 1 ? String(Math.max(...rows.flatMap(({ counts }) => counts))).length : 1;
  for (const { counts, name } of rows) {
    await print(context, `${[...counts.map((count) => String(count).padStart(width)), name].join(' ').trimEnd()}\n`);
  }
  return status;
});

/** sort [-n -r -u -k N -t C -f] */
export const sort: Command = program('sort', { flags: 'nruf', values: 'kt' }, async (options, context) => {
  const { flags, values, operands } = options;
  const { bytes, status } = await readAll('sort', operands, context);
  const lines = splitLines(bytes);
  const column = parseInt(values.get('k') ?? '', 10);
  const separator = values.get('t');
  const keyOf = (line: string): string => {
    const fields = separator === undefined ? line.trimStart().split(/\s+/) : line.split(separator);
    const key = Number.isNaN(column) ? line : fields.slice(column - 1).join(separator ?? ' ');
    return flags.has('f') ? key.toUpperCase() : key;
  };
  // Bytes decide, as in LC_ALL=C, and not the language of whoever reads.
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const byNumber = (a: string, b: string): number => (parseFloat(a) || 0) - (parseFloat(b) || 0);
  const compare = flags.has('n') ? byNumber : byText;
  const numbered = flags.has('n') || !Number.isNaN(column);
  lines.sort((a, b) => compare(keyOf(a), keyOf(b)) || (numbered ? byText(a, b) : 0));
  if (flags.has('r')) lines.reverse();
  const unique = lines.filter((line, at) => at === 0 || compare(keyOf(line), keyOf(lines[at - 1] ?? '')) !== 0);
  await print(context, joinLines(flags.has('u') ? unique : lines));
  return status === 0 ? 0 : 2;
});

/** uniq [-c -d -u -i] */
export const uniq: Command = program('uniq', { flags: 'cdui' }, async ({ flags, operands }, context) => {
  const { bytes, status } = await readAll('uniq', operands, context);
  const groups: { line: string; count: number }[] = [];
  const keyOf = (line: string): string => (flags.has('i') ? line.toLowerCase() : line);
  for (const line of splitLines(bytes)) {
    const last = groups.at(-1);
    if (last && keyOf(last.line) === keyOf(line)) last.count++;
    else groups.push({ line, count: 1 });
  }
  const shown = groups.filter(({ count }) => (!flags.has('d') || count > 1) && (!flags.has('u') || count === 1));
  await print(
    context,
    joinLines(shown.map(({ line, count }) => (flags.has('c') ? `${String(count).padStart(7)} ${line}` : line))),
  );
  return status;
});

/** cut -d C -f LIST | -c LIST */
export const cut: Command = program(
  'cut',
  { flags: 's', values: 'dfcb' },
  async ({ flags, values, operands }, context) => {
    const fields = values.get('f');
    const list = fields ?? values.get('c') ?? values.get('b');
    if (list === undefined) throw new UsageError('you must specify a list of bytes, characters, or fields');
    const wanted = readRanges(list);
    const delimiter = values.get('d') ?? '\t';
    let status = 0;
    for await (const { chunks } of openInputs('cut', operands, context, () => (status = 1))) {
      for await (const line of linesOf(chunks)) {
        if (fields !== undefined && !line.includes(delimiter)) {
          if (!flags.has('s')) await print(context, `${line}\n`);
          continue;
        }
        const parts = fields === undefined ? [...line] : line.split(delimiter);
        const kept = parts.filter((_, at) => wanted.some(([from, to]) => at + 1 >= from && at + 1 <= to));
        await print(context, `${kept.join(fields === undefined ? '' : delimiter)}\n`);
      }
    }
    return status;
  },
);

function readRanges(list: string): [number, number][] {
  return list.split(',').map((part) => {
    const [, from, dash, to] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (from === undefined || part === '' || part === '-') throw new UsageError(`invalid field value '${part}'`);
    return [Number(from || 1), dash ? Number(to || Infinity) : Number(from)];
  });
}

/** tr [-d -s -c] SET1 [SET2] */
export const tr: Command = program('tr', { flags: 'dscC' }, async ({ flags, operands }, context) => {
  const [first, second] = operands.map(expandSet);
  if (!first) throw new UsageError('missing operand');
  if (!second && !flags.has('d') && !flags.has('s')) throw new UsageError(`missing operand after '${operands[0]}'`);
  const complement = flags.has('c') || flags.has('C');
  const inFirst = (character: string): boolean => first.includes(character) !== complement;
  const squeezed = second ?? first;
  let last = '';
  const decoder = new TextDecoder();
  for await (const chunk of standardInput(context)) {
    let output = '';
    for (const character of decoder.decode(chunk, { stream: true })) {
      const hit = inFirst(character);
      if (hit && flags.has('d')) continue;
      const at = complement ? Infinity : first.indexOf(character);
      const changed = hit && second && !flags.has('d') ? (second[Math.min(at, second.length - 1)] ?? '') : character;
      if (flags.has('s') && changed === last && squeezed.includes(changed)) continue;
      output += last = changed;
    }
    await print(context, output);
  }
  return 0;
});

const CLASSES: Readonly<Record<string, string>> = {
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
  space: ' \\t\\n\\r\\f\\v',
};

function expandSet(set: string): string[] {
  const named = set.replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '');
  const text = new TextDecoder().decode(formatted(named.replaceAll('%', '%%'), []));
  const characters = [...text];
  return characters.flatMap((character, at) => {
    const [from, to] = [characters[at - 1], characters[at + 1]];
    if (character !== '-' || from === undefined || to === undefined) return [character];
    const [start, end] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
    return Array.from({ length: Math.max(0, end - start - 1) }, (_, step) => String.fromCodePoint(start + 1 + step));
  });
}

/** seq [-s SEPARATOR] [-w] [FIRST [STEP]] LAST */
export const seq: Command = async (args, context) => {
  const separatorAt = args.indexOf('-s');
  const separator = separatorAt < 0 ? '\n' : (args[separatorAt + 1] ?? '\n');
  const rest = separatorAt < 0 ? [...args] : args.toSpliced(separatorAt, 2);
  const padded = rest[0] === '-w';
  if (padded) rest.shift();
  const numbers = rest.map(Number);
  const wrong = rest.find((word, at) => word === '' || Number.isNaN(numbers[at]));
  if (wrong !== undefined || numbers.length === 0 || numbers.length > 3) {
    await complain(
      context,
      wrong === undefined ? 'seq: missing operand' : `seq: invalid floating point argument: '${wrong}'`,
    );
    return 1;
  }
  const last = numbers.at(-1) ?? 0;
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = numbers.length === 3 ? (numbers[1] ?? 1) : 1;
  const places = Math.max(...rest.map((word) => word.split('.')[1]?.length ?? 0));
  const width = padded ? Math.max(first.toFixed(places).length, last.toFixed(places).length) : 0;
  if (step === 0) {
    await complain(context, `seq: invalid Zero increment value: '${rest[1]}'`);
    return 1;
  }
  const count = Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
  const pieces: string[] = [];
  for (let at = 0; at < count; at++) {
    pieces.push((first + at * step).toFixed(places).padStart(width, '0') + (at === count - 1 ? '\n' : separator));
    // In pieces, so that `seq 1000000000 | head` ends.
    if (pieces.length === 1000) await print(context, pieces.splice(0).join(''));
  }
  await print(context, pieces.join(''));
  return 0;
};
