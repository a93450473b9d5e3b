import { type Command, print } from '../context.ts';
import { linesOf, openInputs } from './input.ts';
import { numberOf, program, UsageError } from './options.ts';
import { readPattern } from './regular-expression.ts';

/** grep [-civnowqlhHEFrxs] [-m N] [-e PATTERN] [-A N] [-B N] [-C N] */
export const grep: Command = program(
  'grep',
  { flags: 'civnowqlhHEFGsxa', values: 'meABC', number: 'C' },
  async (options, context) => {
    const { flags, values } = options;
    const given = values.get('e');
    const [pattern, ...rest] = given === undefined ? options.operands : [given, ...options.operands];
    if (pattern === undefined) throw new UsageError('usage: grep [OPTION]... PATTERNS [FILE]...');
    const expression = readPattern(pattern, {
      extended: flags.has('E'),
      fixed: flags.has('F'),
      ignoreCase: flags.has('i'),
      word: flags.has('w'),
      line: flags.has('x'),
    });
    const around = numberOf(options, 'C', 'context length argument') ?? 0;
    const [before, after] = [numberOf(options, 'B') ?? around, numberOf(options, 'A') ?? around];
    const most = numberOf(options, 'm') ?? Infinity;
    let found = 0;
    let failed = false;
    for await (const { name, chunks } of openInputs('grep', rest, context, () => (failed = true))) {
      const named = (rest.length > 1 || flags.has('H')) && !flags.has('h') ? name : undefined;
      const label = (number: number, mark: string): string =>
        (named === undefined ? '' : named + mark) + (flags.has('n') ? `${number}${mark}` : '');
      const kept: string[] = [];
      let [count, number, trailing, lastPrinted] = [0, 0, 0, 0];
      for await (const line of linesOf(chunks)) {
        number++;
        if (expression.test(line) === flags.has('v')) {
          if (trailing-- > 0) {
            await print(context, `${label(number, '-')}${line}\n`);
            lastPrinted = number;
          } else if (before > 0 && kept.push(line) > before) kept.shift();
          continue;
        }
        count++;
        found++;
        if (flags.has('q')) return 0;
        if (flags.has('l')) break;
        if (!flags.has('c')) {
          const first = number - kept.length;
          if ((before > 0 || after > 0) && lastPrinted > 0 && first > lastPrinted + 1) await print(context, '--\n');
          const lead = kept.splice(0).map((text, at) => `${label(first + at, '-')}${text}\n`);
          const parts = flags.has('o') ? (line.match(new RegExp(expression, `${expression.flags}g`)) ?? []) : [line];
          await print(context, lead.join('') + parts.map((text) => `${label(number, ':')}${text}\n`).join(''));
          lastPrinted = number;
          trailing = after;
        }
        if (count >= most) break;
      }
      if (flags.has('l') && count > 0) await print(context, `${name}\n`);
      if (flags.has('c')) await print(context, `${named === undefined ? '' : `${named}:`}${count}\n`);
    }
    return failed ? 2 : found > 0 ? 0 : 1;
  },
  2,
);
