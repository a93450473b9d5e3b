import type { Case, CompoundCommand, CompoundList, TestExpression, While, Word } from 'unbash';
import { evaluate } from './arithmetic.ts';
import type { Context } from './context.ts';
import { LeaveLoop } from './control.ts';
import { runCondition, runList, runScript } from './execute.ts';
import { expandPieces, expandText, expandWords, ExpansionError } from './expand.ts';
import { matches, patternSource } from './pattern.ts';
import { testBinary, testUnary } from './test.ts';

/** Runs `if`, `for`, `while`, `case`, groups and tests. Resolves with the status. */
export async function runCompound(node: CompoundCommand | CompoundList, outer: Context): Promise<number> {
  const { state } = outer;
  const context: Context = { ...outer, nested: true };
  switch (node.type) {
    case 'CompoundList':
      return runList(node, context);
    case 'BraceGroup':
      return runList(node.body, context);
    case 'Subshell':
      return runScript(node.body, { ...context, state: state.copy() });
    case 'If': {
      for (const { clause, then } of [node, ...node.elif]) {
        if ((await runCondition(() => runList(clause, context), context)) === 0) return runList(then, context);
      }
      state.status = 0;
      return node.else ? runList(node.else, context) : 0;
    }
    case 'For': {
      const words = node.wordlist ? await expandWords(node.wordlist, context) : state.parameters;
      const next = words[Symbol.iterator]();
      return loop(context, node.body, async () => {
        const { done, value } = next.next();
        if (!done) state.set(node.name.value, value);
        return !done;
      });
    }
    case 'ArithmeticFor': {
      await evaluate(node.initialize, context);
      let first = true;
      return loop(context, node.body, async () => {
        if (!first) await evaluate(node.update, context);
        first = false;
        return node.test === undefined || (await evaluate(node.test, context)) !== 0;
      });
    }
    case 'While':
      return loop(context, node.body, () => holds(node, context));
    case 'Case':
      return runCase(node, context);
    case 'TestCommand':
      return (await test(node.expression, context)) ? 0 : 1;
    case 'ArithmeticCommand':
      return (await evaluate(node.expression, context)) === 0 ? 1 : 0;
    case 'Select':
      throw new ExpansionError('select: not supported');
  }
}

async function holds({ clause, kind }: While, context: Context): Promise<boolean> {
  const status = await runCondition(() => runList(clause, context), context);
  return (status === 0) === (kind === 'while');
}

async function loop(context: Context, body: CompoundList, next: () => Promise<boolean>): Promise<number> {
  const { state, task } = context;
  let status = 0;
  state.depth++;
  try {
    for (;;) {
      await task.check();
      try {
        if (!(await next())) break;
        state.status = 0;
        status = await runList(body, context);
      } catch (error) {
        if (!(error instanceof LeaveLoop)) throw error;
        status = 0;
        if (--error.levels > 0) throw error;
        if (error.kind === 'break') break;
      }
    }
  } finally {
    state.depth--;
  }
  state.status = status;
  return status;
}

async function runCase({ word, items }: Case, context: Context): Promise<number> {
  const text = await expandText(word, context);
  let falls = false;
  context.state.status = 0;
  for (const { pattern, body, terminator } of items) {
    if (!falls && !(await matchesOne(text, pattern, context))) continue;
    await runList(body, context);
    if (terminator !== ';&' && terminator !== ';;&') break;
    falls = terminator === ';&';
  }
  return context.state.status;
}

async function matchesOne(text: string, patterns: readonly Word[], context: Context): Promise<boolean> {
  for (const pattern of patterns) if (matches(await expandPieces(pattern, context), text)) return true;
  return false;
}

async function test(expression: TestExpression, context: Context): Promise<boolean> {
  switch (expression.type) {
    case 'TestGroup':
      return test(expression.expression, context);
    case 'TestNot':
      return (await test(expression.operand, context)) !== (expression.negations.length % 2 === 1);
    case 'TestLogical': {
      const every = expression.operator === '&&';
      for (const operand of expression.operands) if ((await test(operand, context)) !== every) return !every;
      return every;
    }
    case 'TestUnary':
      return testUnary(expression.operator, await expandText(expression.operand, context), context);
    case 'TestBinary': {
      const left = await expandText(expression.left, context);
      const pieces = await expandPieces(expression.right, context);
      const right = pieces.map((piece) => piece.text).join('');
      if (expression.operator === '=~') return new RegExp(right, 'u').test(left);
      if (['=', '==', '!='].includes(expression.operator)) {
        return new RegExp(`^${patternSource(pieces)}$`, 'u').test(left) === (expression.operator !== '!=');
      }
      return testBinary(left, expression.operator, right, context);
    }
  }
}
