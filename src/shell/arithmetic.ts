import type { ArithmeticExpression } from 'unbash';
import type { Context } from './context.ts';
import { expandText, ExpansionError } from './expand.ts';
import { substitute } from './substitute.ts';

/** The value of an arithmetic expression; 0 of nothing. Throws an `ExpansionError` for what is none. */
export async function evaluate(expression: ArithmeticExpression | undefined, context: Context): Promise<number> {
  if (!expression) return 0;
  switch (expression.type) {
    case 'ArithmeticWord': {
      const { parts, value } = expression;
      const text = parts ? await expandText({ ...expression, type: 'Word', text: value, parts }, context) : value;
      return evaluateText(text, context);
    }
    case 'ArithmeticGroup':
      return evaluate(expression.expression, context);
    case 'ArithmeticTernary':
      return evaluate(
        (await evaluate(expression.test, context)) ? expression.consequent : expression.alternate,
        context,
      );
    case 'ArithmeticCommandExpansion':
      return evaluateText(await substitute(expression.script, context), context);
    case 'ArithmeticUnary':
      return unary(expression, context);
    case 'ArithmeticBinary':
      return binary(expression, context);
  }
}

/** The value of a number, of a variable, or of an expression in a variable. */
export function evaluateText(text: string, context: Context, depth = 0): number {
  const word = text.trim();
  if (word === '') return 0;
  if (/^[+-]?\d+$/.test(word) || /^0[xX][\da-fA-F]+$/.test(word)) {
    return /^-?0\d/.test(word) ? parseInt(word, 8) : Number(word);
  }
  if (/^[A-Za-z_]\w*$/.test(word) && depth < 10) return evaluateText(context.state.get(word) ?? '', context, depth + 1);
  throw new ExpansionError(`${word}: syntax error: operand expected (error token is "${word}")`);
}

async function unary(
  { operator, operand, prefix }: Extract<ArithmeticExpression, { type: 'ArithmeticUnary' }>,
  context: Context,
): Promise<number> {
  const value = await evaluate(operand, context);
  switch (operator) {
    case '-':
      return -value;
    case '+':
      return value;
    case '!':
      return value === 0 ? 1 : 0;
    case '~':
      return ~value;
    case '++':
    case '--': {
      const changed = value + (operator === '++' ? 1 : -1);
      assign(operand, changed, context);
      return prefix ? changed : value;
    }
  }
  throw new ExpansionError(`${operator}: syntax error: invalid arithmetic operator`);
}

async function binary(
  { operator, left, right }: Extract<ArithmeticExpression, { type: 'ArithmeticBinary' }>,
  context: Context,
): Promise<number> {
  if (operator === '&&') return (await evaluate(left, context)) && (await evaluate(right, context)) ? 1 : 0;
  if (operator === '||') return (await evaluate(left, context)) || (await evaluate(right, context)) ? 1 : 0;
  const assigns = /^(.*[^=!<>]|<<|>>|)=$/.exec(operator);
  if (assigns) {
    const operand = await evaluate(right, context);
    const value = assigns[1] ? calculate(assigns[1], await evaluate(left, context), operand) : operand;
    assign(left, value, context);
    return value;
  }
  return calculate(operator, await evaluate(left, context), await evaluate(right, context));
}

function assign(target: ArithmeticExpression, value: number, { state }: Context): void {
  if (target.type !== 'ArithmeticWord' || !/^[A-Za-z_]\w*$/.test(target.value)) {
    throw new ExpansionError('attempted assignment to non-variable');
  }
  state.set(target.value, String(value));
}

function calculate(operator: string, left: number, right: number): number {
  if ((operator === '/' || operator === '%') && right === 0) throw new ExpansionError('division by 0');
  const calculation = CALCULATIONS[operator];
  if (!calculation) throw new ExpansionError(`${operator}: syntax error: invalid arithmetic operator`);
  return Number(calculation(left, right));
}

const CALCULATIONS: Readonly<Record<string, (left: number, right: number) => number | boolean>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '%': (left, right) => left % right,
  '**': (left, right) => left ** right,
  '<<': (left, right) => left * 2 ** right,
  '>>': (left, right) => Math.floor(left / 2 ** right),
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  ',': (_left, right) => right,
};
