import { type Command, print } from '../context.ts';
import { linesOf, openInputs } from './input.ts';
import { program, UsageError } from './options.ts';
import { readPattern } from './regular-expression.ts';

type Address = { line: number } | { last: true } | { pattern: RegExp };

interface SedCommand {
  from?: Address;
  to?: Address;
  not: boolean;
  name: 's' | 'p' | 'd' | 'q' | '=';
  pattern?: RegExp;
  replacement?: string;
  flags: string;
  /** Whether it is in its range just now. */
  active: boolean;
}

/** sed [-n] [-E] [-i] SCRIPT: the commands s, p, d, q and =, with addresses (`3`, `$`, `/text/`, `2,4`, `1,/x/`) and `!`. */
export const sed: Command = program(
  'sed',
  { flags: 'nErsi', values: 'e' },
  async ({ flags, values, operands }, context) => {
    const expression = values.get('e');
    const [script, ...files] = expression === undefined ? operands : [expression, ...operands];
    if (script === undefined) throw new UsageError('usage: sed [OPTION]... {script} [FILE]...');
    const commands = readScript(script, flags.has('E') || flags.has('r'));
    let status = 0;
    let number = 0;
    for await (const { name, chunks } of openInputs('sed', files, context, () => (status = 2))) {
      const output: string[] = [];
      const put = async (text: string): Promise<void> => {
        if (flags.has('i')) output.push(text);
        else await print(context, text);
      };
      const lines = linesOf(chunks);
      let next = await lines.next();
      let quit = false;
      while (!next.done && !quit) {
        let line = next.value;
        next = await lines.next();
        number++;
        let deleted = false;
        for (const command of commands) {
          if (!applies(command, line, number, next.done ?? false)) continue;
          if (command.name === 'd') deleted = true;
          else if (command.name === 'q') quit = true;
          else if (command.name === 'p') await put(`${line}\n`);
          else if (command.name === '=') await put(`${number}\n`);
          else {
            const changed = substitute(line, command);
            if (changed !== undefined && command.flags.includes('p')) await put(`${changed}\n`);
            line = changed ?? line;
          }
          if (deleted || quit) break;
        }
        if (!deleted && !flags.has('n')) await put(`${line}\n`);
      }
      if (flags.has('i')) {
        await context.core.machine.writeFile(context.state.resolve(name), new TextEncoder().encode(output.join('')));
      }
      if (quit) break;
    }
    return status;
  },
);

function applies(command: SedCommand, line: string, number: number, last: boolean): boolean {
  return inRange(command, line, number, last) !== command.not;
}

function inRange(command: SedCommand, line: string, number: number, last: boolean): boolean {
  const { from, to } = command;
  const hits = (address: Address): boolean =>
    'line' in address ? address.line === number : 'last' in address ? last : address.pattern.test(line);
  if (!from) return true;
  if (!to) return hits(from);
  if (command.active) {
    command.active = 'line' in to ? number < to.line : !hits(to);
    return true;
  }
  if (!hits(from)) return false;
  command.active = 'line' in to ? number < to.line : !('last' in to && last);
  return true;
}

/** The line with what matches replaced; undefined if nothing does. */
function substitute(line: string, { pattern, replacement = '', flags }: SedCommand): string | undefined {
  if (!pattern?.test(line)) return undefined;
  const wanted = Number(/\d+/.exec(flags)?.[0] ?? 1);
  let count = 0;
  return line.replace(new RegExp(pattern, `${pattern.flags}g`), (...found: (string | number | undefined)[]) => {
    count++;
    if (flags.includes('g') ? count < wanted : count !== wanted) return String(found[0]);
    return replacement.replace(/\\([0-9&n\\/])|&/g, (piece: string, escaped: string | undefined) => {
      if (piece === '&') return String(found[0]);
      if (escaped === 'n') return '\n';
      return /\d/.test(escaped ?? '') ? String(found[Number(escaped)] ?? '') : (escaped ?? '');
    });
  });
}

function readScript(script: string, extended: boolean): SedCommand[] {
  const commands: SedCommand[] = [];
  let at = 0;
  const fail = (message: string): never => {
    throw new UsageError(`-e expression #1, char ${Math.min(at + 1, script.length)}: ${message}`);
  };
  /** Up to the next delimiter that no backslash stands before. */
  const delimited = (delimiter: string): string => {
    let text = '';
    for (; at < script.length && script[at] !== delimiter; at++) {
      if (script[at] === '\\' && at + 1 < script.length) text += script[at + 1] === delimiter ? '' : script[at];
      if (script[at] === '\\') at++;
      text += script[at] ?? '';
    }
    if (at++ >= script.length) fail("unterminated `s' command");
    return text;
  };
  const address = (): Address | undefined => {
    const digits = /^\d+/.exec(script.slice(at))?.[0];
    if (digits !== undefined) {
      at += digits.length;
      return { line: Number(digits) };
    }
    if (script[at] === '$') {
      at++;
      return { last: true };
    }
    if (script[at] !== '/') return undefined;
    at++;
    return { pattern: readPattern(delimited('/'), { extended }) };
  };
  while (at < script.length) {
    if (/[\s;]/.test(script[at] ?? '')) {
      at++;
      continue;
    }
    const command: SedCommand = { not: false, name: 'p', flags: '', active: false };
    const from = address();
    if (from) command.from = from;
    if (from && script[at] === ',') {
      at++;
      const to = address() ?? fail("unexpected `,'");
      command.to = to;
    }
    if (script[at] === '!') {
      command.not = true;
      at++;
    }
    const name = script[at++];
    if (name === 's') {
      const delimiter = script[at++] ?? fail("unterminated `s' command");
      const pattern = delimited(delimiter);
      command.replacement = delimited(delimiter);
      command.flags = /^[gpiI\d]*/.exec(script.slice(at))?.[0] ?? '';
      at += command.flags.length;
      command.pattern = readPattern(pattern, { extended, ignoreCase: /i/i.test(command.flags) });
      command.name = 's';
    } else if (name === 'p' || name === 'd' || name === 'q' || name === '=') command.name = name;
    else fail(name === undefined ? 'missing command' : `unknown command: \`${name}'`);
    commands.push(command);
  }
  return commands;
}
