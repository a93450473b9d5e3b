import type { ParameterExpansionPart, ParameterOperation } from 'unbash';
import { evaluateText } from './arithmetic.ts';
import type { Context } from './context.ts';
import { expandPieces, expandText, ExpansionError } from './expand.ts';
import { patternSource } from './pattern.ts';

/** The value of a variable or special parameter, without its `$`; undefined if it is not set. */
export function lookUp(name: string, { state, core }: Context): string | undefined {
  switch (name) {
    case '?':
      return String(state.status);
    case '!':
      return state.lastBackground === undefined ? undefined : String(state.lastBackground);
    case '$':
      return String(core.pid);
    case '#':
      return String(state.parameters.length);
    case '-':
      return 'himBH';
    case '0':
      return 'bash';
    case '@':
    case '*':
      return state.parameters.length > 0 ? state.parameters.join(' ') : undefined;
  }
  return /^\d+$/.test(name) ? state.parameters[Number(name) - 1] : state.get(name);
}

/** The same, empty if it is not set. Throws an `ExpansionError` for that after `set -u`. */
export function parameter(name: string, context: Context): string {
  const value = lookUp(name, context);
  if (value === undefined && context.state.options.has('nounset') && !['@', '*'].includes(name)) {
    throw new ExpansionError(`${name}: unbound variable`);
  }
  return value ?? '';
}

/** What `$@` and `$*` are lists of. */
export function listOf(name: string, { state }: Context): readonly string[] | undefined {
  return name === '@' || name === '*' ? state.parameters : undefined;
}

/** `${name}` with whatever stands behind the name. */
export async function expandParameter(part: ParameterExpansionPart, context: Context): Promise<string> {
  const { parameter: name, operation, prefix } = part;
  if (part.index) throw new ExpansionError(`${part.text}: arrays are not supported`);
  if (prefix === '#') return String([...parameter(name, context)].length);
  if (prefix === '!') return parameter(parameter(name, context), context);
  if (!operation) return parameter(name, context);
  if (operation.type === 'Default') return defaultOf(name, operation, context);
  const value = parameter(name, context);
  switch (operation.type) {
    case 'Remove': {
      const pieces = await expandPieces(operation.operand, context);
      const longest = operation.operator.length === 2;
      return remove(
        value,
        patternSource(pieces, longest ? '[^]*' : '[^]*?'),
        operation.operator.startsWith('#'),
        longest,
      );
    }
    case 'Replace': {
      const source = patternSource(await expandPieces(operation.pattern, context));
      const replacement = await expandText(operation.replacement, context);
      const anchored = { '/': source, '//': source, '/#': `^(?:${source})`, '/%': `(?:${source})$` }[
        operation.operator
      ];
      return value.replace(new RegExp(anchored, operation.operator === '//' ? 'gu' : 'u'), () => replacement);
    }
    case 'Slice': {
      const at = evaluateText(await expandText(operation.offset, context), context);
      const characters = [...value].slice(at);
      if (!operation.length) return characters.join('');
      const length = evaluateText(await expandText(operation.length, context), context);
      return (length < 0 ? characters.slice(0, length) : characters.slice(0, length)).join('');
    }
    case 'CaseModification': {
      const change = operation.operator.startsWith('^') ? 'toUpperCase' : 'toLowerCase';
      return operation.operator.length === 2 ? value[change]() : value.slice(0, 1)[change]() + value.slice(1);
    }
    default:
      throw new ExpansionError(`${part.text}: bad substitution`);
  }
}

async function defaultOf(
  name: string,
  { operator, operand }: Extract<ParameterOperation, { type: 'Default' }>,
  context: Context,
): Promise<string> {
  const value = lookUp(name, context);
  const missing = value === undefined || (operator.startsWith(':') && value === '');
  if (operator.endsWith('+')) return missing ? '' : await expandText(operand, context);
  if (!missing) return value;
  const instead = await expandText(operand, context);
  if (operator.endsWith('=')) context.state.set(name, instead);
  if (operator.endsWith('?')) throw new ExpansionError(`${name}: ${instead || 'parameter null or not set'}`);
  return instead;
}

/** `${x#a}` and its relatives. */
function remove(value: string, source: string, atStart: boolean, longest: boolean): string {
  if (atStart) return value.replace(new RegExp(`^(?:${source})`, 'u'), '');
  // From the end the shortest is the one that begins last.
  const pattern = new RegExp(`^(?:${source})$`, 'u');
  for (let step = 0; step <= value.length; step++) {
    const at = longest ? step : value.length - step;
    if (pattern.test(value.slice(at))) return value.slice(0, at);
  }
  return value;
}
