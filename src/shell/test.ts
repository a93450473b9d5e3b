import { evaluateText } from './arithmetic.ts';
import type { Command, Context } from './context.ts';
import { complain } from './context.ts';
import { entryAt } from './files.ts';

/** `-e file`, `-z text` and the others with one operand. */
export async function testUnary(operator: string, operand: string, context: Context): Promise<boolean> {
  if (operator === '-z') return operand === '';
  if (operator === '-n') return operand !== '';
  if (operator === '-v') return context.state.get(operand) !== undefined;
  if (operator === '-t') return context.stdout.terminal;
  const entry = await entryAt(context.state.resolve(operand), context);
  switch (operator) {
    case '-d':
      return entry?.kind === 'folder';
    case '-f':
      return entry?.kind === 'file';
    case '-s':
      return (entry?.sizeBytes ?? 0) > 0;
    case '-e':
    case '-a':
    case '-r':
    case '-w':
      return entry !== undefined;
    default:
      return false;
  }
}

/** `a = b`, `1 -lt 2` and the others with two operands; undefined if there is no such operator. */
export function testBinary(left: string, operator: string, right: string, context: Context): boolean {
  const number = (text: string): number => evaluateText(text, context);
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return number(left) === number(right);
    case '-ne':
      return number(left) !== number(right);
    case '-lt':
      return number(left) < number(right);
    case '-le':
      return number(left) <= number(right);
    case '-gt':
      return number(left) > number(right);
    case '-ge':
      return number(left) >= number(right);
    default:
      return false;
  }
}

const UNARY = /^-[adefnrstvwxz]$/;
const BINARY = /^(=|==|!=|<|>|-eq|-ne|-lt|-le|-gt|-ge)$/;

/** `test` and `[`. Status 0 if it is true, 1 if not, 2 if it is no test. */
export async function runTest(name: string, args: readonly string[], context: Context): Promise<number> {
  const words = [...args];
  if (name === '[' && words.pop() !== ']') {
    await complain(context, "bash: [: missing `]'");
    return 2;
  }
  const either = async (): Promise<boolean> => {
    let value = await both();
    while (words[0] === '-o') {
      words.shift();
      value = (await both()) || value;
    }
    return value;
  };
  const both = async (): Promise<boolean> => {
    let value = await one();
    while (words[0] === '-a') {
      words.shift();
      value = (await one()) && value;
    }
    return value;
  };
  const one = async (): Promise<boolean> => {
    const [first = '', second, third] = words;
    if (second !== undefined && third !== undefined && BINARY.test(second)) {
      words.splice(0, 3);
      return testBinary(first, second, third, context);
    }
    if (first === '!' && words.length > 1) {
      words.shift();
      return !(await one());
    }
    if (first === '(') {
      words.shift();
      const value = await either();
      words.shift();
      return value;
    }
    if (UNARY.test(first) && second !== undefined) {
      words.splice(0, 2);
      return testUnary(first, second, context);
    }
    words.shift();
    return first !== '';
  };
  if (words.length === 0) return 1;
  const value = await either();
  if (words.length === 0) return value ? 0 : 1;
  await complain(context, `bash: ${name}: ${words[0] ?? ''}: binary operator expected`);
  return 2;
}

export const test: Command = (args, context) => runTest('test', args, context);
export const bracket: Command = (args, context) => runTest('[', args, context);
