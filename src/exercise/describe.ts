import type { Condition, Wanted } from './assertion.ts';
import { describeRange, type Range } from './range.ts';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  list: 'a list',
  set: 'a set',
  zset: 'a sorted set',
  hash: 'a hash',
  stream: 'a stream',
};

/** `zset` as people say it: "a sorted set". Unknown types, a module's, keep their name. */
export function nameOfType(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

/** Bytes as redis-cli would print them, between backticks. */
export function quoted(text: string): string {
  return code(JSON.stringify(text));
}

/** Between backticks; a backtick inside becomes an apostrophe, as nothing here is meant to be typed. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', '’')}\``;
}

/** What the condition asks for, as a statement of one line with `code` in backticks. */
export function describeCondition(condition: Condition): string {
  const { node, port } = condition;
  const where = node !== undefined ? ` (at ${code(node)})` : port === undefined ? '' : ` (server ${port})`;
  return `${describe(condition)}${where}`;
}

function describe(condition: Condition): string {
  switch (condition.is) {
    case 'exists':
      return `${code(condition.key)} ${condition.exists ? 'exists' : 'does not exist'}`;
    case 'type':
      return `${code(condition.key)} is ${nameOfType(condition.type)}`;
    case 'value':
      return `${code(condition.key)} holds ${quoted(condition.value)}`;
    case 'number':
      return `${code(condition.key)} holds ${describeRange(condition.range)}`;
    case 'length':
      return `${code(condition.key)} has length ${describeRange(condition.length)}`;
    case 'field': {
      const field = `field ${code(condition.field)} of ${code(condition.key)}`;
      if (!condition.exists) return `${field} does not exist`;
      return condition.value === undefined ? `${field} exists` : `${field} is ${quoted(condition.value)}`;
    }
    case 'member': {
      const verb = condition.exists ? 'is' : 'is not';
      const score = condition.score === undefined ? '' : `, with the score ${describeRange(condition.score)}`;
      return `${code(condition.member)} ${verb} in ${code(condition.key)}${score}`;
    }
    case 'items':
      return `${code(condition.key)} holds ${condition.items.map(quoted).join(', ') || 'nothing'}`;
    case 'ttl':
      return condition.ttl === 'none'
        ? `${code(condition.key)} has no time limit`
        : `${code(condition.key)} expires in ${describeRange(condition.ttl)} s`;
    case 'encoding':
      return `${code(condition.key)} is stored as ${code(condition.encoding)}`;
    case 'config':
      return `the setting ${code(condition.name)} is ${describeValue(condition.value)}`;
    case 'info':
      return `${code(condition.name)} in ${code('INFO')} is ${describeValue(condition.value)}`;
    case 'keys':
      return `${condition.match === '*' ? 'keys in all' : `keys that match ${code(condition.match)}`}: ${describeRange(condition.count)}`;
    case 'reply':
      return `${code(condition.command.join(' '))} answers ${describeWanted(condition.value)}`;
  }
}

function describeValue(value: string | Range): string {
  return typeof value === 'string' ? quoted(value) : describeRange(value);
}

/** A reply or a wanted reply, in one line. */
export function describeWanted(value: Wanted): string {
  if (value === null) return '`(nil)`';
  if (typeof value === 'number') return code(String(value));
  if (typeof value === 'string') return quoted(value);
  return value.length === 0 ? 'an empty array' : value.map(describeWanted).join(', ');
}
