import { type Command, complain, type Context } from '../context.ts';

/** The words of a program's call, sorted. */
export interface Options {
  /** Letters, or whole words that begin with `--`. */
  flags: ReadonlySet<string>;
  /** Options with a value. */
  values: ReadonlyMap<string, string>;
  operands: readonly string[];
}

/** Which options a program has. */
export interface OptionNames {
  /** Letters without a value. */
  flags?: string;
  /** Letters with one. */
  values?: string;
  /** Long names and the letters that they stand for. */
  long?: Readonly<Record<string, string>>;
  /** The option of which `-5` is the value. */
  number?: string;
  /** Whether the first word that is no option ends them. */
  stopAtOperand?: boolean;
}

/** A call that a program does not understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Sorts words as getopt(3). Throws a `UsageError`. */
export function readOptions(args: readonly string[], names: OptionNames): Options {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const operands: string[] = [];
  const left = [...args];
  const takeValue = (name: string, rest: string | undefined): void => {
    const value = rest ?? left.shift();
    if (value === undefined) throw new UsageError(`option requires an argument -- '${name}'`);
    values.set(name, value);
  };
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    const [, long, value] = /^--([^=]+)(?:=([^]*))?$/.exec(arg) ?? [];
    if (arg === '--') operands.push(...left.splice(0));
    else if (long !== undefined) {
      const letter = names.long?.[long];
      if (letter === undefined) throw new UsageError(`unrecognized option '--${long}'`);
      if (names.values?.includes(letter)) takeValue(letter, value);
      else flags.add(letter);
    } else if (names.number !== undefined && /^-\d+$/.test(arg)) values.set(names.number, arg.slice(1));
    else if (/^-./.test(arg)) {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg[at] ?? '';
        if (names.values?.includes(letter)) {
          takeValue(letter, arg.slice(at + 1) || undefined);
          break;
        }
        if (!names.flags?.includes(letter)) throw new UsageError(`invalid option -- '${letter}'`);
        flags.add(letter);
      }
    } else {
      operands.push(arg);
      if (names.stopAtOperand) operands.push(...left.splice(0));
    }
  }
  return { flags, values, operands };
}

/** A number of an option; undefined if it is not given. Throws a `UsageError` for what is none. */
export function numberOf(options: Options, name: string, what = 'number of lines'): number | undefined {
  const text = options.values.get(name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d+$/.test(text)) throw new UsageError(`invalid ${what}: '${text}'`);
  return Number(text);
}

/** A program with options: what it does not understand it says itself, with status 1 (or another). */
export function program(
  name: string,
  names: OptionNames,
  run: (options: Options, context: Context) => Promise<number> | number,
  usageStatus = 1,
): Command {
  return async (args, context) => {
    try {
      return await run(readOptions(args, names), context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await complain(context, `${name}: ${error.message}`);
      return usageStatus;
    }
  };
}
