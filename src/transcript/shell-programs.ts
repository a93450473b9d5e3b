import type { ShellProgramName } from './shell-program-names.ts';

/**
 * The programs besides those of Redis. Each is a function of its whole input: no program here can wait for more.
 * Only the options named beside each exist.
 */

export interface ShellResult {
  output: Uint8Array;
  /** Printed on the screen. */
  error?: string;
  status: number;
}

/** Runs a program on its arguments (without its name) and its input. `readFile` rejects if there is no such file. */
type ShellProgram = (
  args: readonly string[],
  input: Uint8Array,
  readFile: (path: string) => Promise<Uint8Array>,
) => ShellResult | Promise<ShellResult>;

/** By name: echo [-n], printf, cat, head [-n N | -N], sort [-n -r -u], wc [-l -c], grep [-c -i -v]. */
export const SHELL_PROGRAMS: Readonly<Record<ShellProgramName, ShellProgram>> = {
  echo: (args) => (args[0] === '-n' ? ok(args.slice(1).join(' ')) : ok(`${args.join(' ')}\n`)),

  printf: ([format = '', ...args]) => ({ output: formatBytes(format, args), status: 0 }),

  cat: async (args, input, readFile) => ({ output: await readInputs(args, input, readFile), status: 0 }),

  head: async (args, input, readFile) => {
    const { options, files } = splitArguments(args, ['-n']);
    const count = Number(options.get('-n') ?? [...options.keys()].at(0)?.slice(1) ?? 10);
    if (!Number.isInteger(count)) return failed('head', `expected a number of lines, found \`${args.join(' ')}\``);
    const text = decode(await readInputs(files, input, readFile));
    return ok(joinLines(splitLines(text).slice(0, count)));
  },

  sort: async (args, input, readFile) => {
    const { options, files } = splitArguments(args);
    const lines = splitLines(decode(await readInputs(files, input, readFile)));
    // Bytes decide, as in LC_ALL=C, and not the language of whoever reads.
    const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    const byNumber = (a: string, b: string) => (parseFloat(a) || 0) - (parseFloat(b) || 0) || byText(a, b);
    lines.sort(options.has('-n') ? byNumber : byText);
    if (options.has('-r')) lines.reverse();
    return ok(joinLines(options.has('-u') ? [...new Set(lines)] : lines));
  },

  wc: async (args, input, readFile) => {
    const { options, files } = splitArguments(args);
    const bytes = await readInputs(files, input, readFile);
    const text = decode(bytes);
    const lines = text.split('\n').length - 1;
    if (options.has('-l')) return ok(`${lines}\n`);
    if (options.has('-c')) return ok(`${bytes.length}\n`);
    return ok(`${lines} ${text.split(/\s+/).filter(Boolean).length} ${bytes.length}\n`);
  },

  grep: async (args, input, readFile) => {
    const { options, files } = splitArguments(args);
    const [pattern, ...paths] = files;
    if (pattern === undefined) return failed('grep', 'expected a pattern, found nothing');
    const expression = readPattern(pattern, options.has('-i') ? 'i' : '');
    if (!expression) return failed('grep', `expected a regular expression, found \`${pattern}\``);
    const lines = splitLines(decode(await readInputs(paths, input, readFile)));
    const found = lines.filter((line) => expression.test(line) !== options.has('-v'));
    return { ...ok(options.has('-c') ? `${found.length}\n` : joinLines(found)), status: found.length > 0 ? 0 : 1 };
  },
};

function ok(text: string): ShellResult {
  return { output: new TextEncoder().encode(text), status: 0 };
}

function failed(program: string, message: string): ShellResult {
  return { output: new Uint8Array(), error: `${program}: ${message}\n`, status: 2 };
}

function readPattern(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** Options until the first word that is none; those in `valued` take the next word. `-rn` is `-r` and `-n`. */
function splitArguments(args: readonly string[], valued: readonly string[] = []) {
  const options = new Map<string, string>();
  let next = 0;
  for (; next < args.length; next++) {
    const arg = args[next] ?? '';
    if (!/^-./.test(arg)) break;
    if (valued.includes(arg)) options.set(arg, args[++next] ?? '');
    else if (/^-\d+$/.test(arg)) options.set(arg, '');
    else for (const letter of arg.slice(1)) options.set(`-${letter}`, '');
  }
  return { options, files: args.slice(next) };
}

async function readInputs(
  files: readonly string[],
  input: Uint8Array,
  readFile: (path: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (files.length === 0) return input;
  return concatenate(await Promise.all(files.map(readFile)));
}

/** One array of all bytes. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"' };

/** printf(1) with %s, %d, %% and the escapes \n \r \t \\ \" \xHH; bytes, because \xHH is one byte and not a character. */
function formatBytes(format: string, args: readonly string[]): Uint8Array {
  const rest = [...args];
  const encoder = new TextEncoder();
  const pieces = format.matchAll(/\\x([0-9a-fA-F]{1,2})|\\(.)|%([sd%])|[^\\%]+|[\s\S]/g);
  return concatenate(
    [...pieces].map(([piece, hex, escape, directive]) => {
      if (hex !== undefined) return Uint8Array.of(parseInt(hex, 16));
      if (escape !== undefined) return encoder.encode(ESCAPES[escape] ?? piece);
      if (directive === '%') return encoder.encode('%');
      if (directive !== undefined) return encoder.encode(rest.shift() ?? (directive === 'd' ? '0' : ''));
      return encoder.encode(piece);
    }),
  );
}
