import { z } from 'astro/zod';
import { KEY_TYPES, type Condition, type Wanted } from './assertion.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const range = z.union([z.number(), z.strictObject({ min: z.number().optional(), max: z.number().optional() })]);
const wanted: z.ZodType<Wanted> = z.lazy(() => z.union([z.string(), z.number(), z.null(), z.array(wanted)]));

/** Everything that may stand in an item of `check:`; which go together is what `readCondition` knows. */
export const assertionFields = z.strictObject({
  node: z.string().optional(),
  port: z.number().int().optional(),
  key: text.optional(),
  config: z.string().optional(),
  info: z.string().optional(),
  keys: range.optional(),
  reply: z.string().optional(),
  exists: z.boolean().optional(),
  type: z.enum(KEY_TYPES).optional(),
  value: z.union([range, wanted]).optional(),
  length: range.optional(),
  field: text.optional(),
  member: text.optional(),
  score: range.optional(),
  items: z.array(text).optional(),
  ttl: z.union([z.literal('none'), range]).optional(),
  encoding: z.string().optional(),
  match: z.string().optional(),
  /** What is not yet so and why it matters. */
  why: z.string(),
  /** An attempt from the beginning that fails this assertion and no other. */
  wrong: z.string().optional(),
  /** What spoils a right solution in the same way. */
  spoil: z.string().optional(),
});
export type AssertionFields = z.infer<typeof assertionFields>;

const SUBJECTS = ['key', 'config', 'info', 'keys', 'reply'] as const;
/** What may be said of each subject; of a key one of these, where `value`, `exists` and `score` may go with another. */
const ALLOWED: Readonly<Record<(typeof SUBJECTS)[number], readonly (keyof AssertionFields)[]>> = {
  key: ['exists', 'type', 'value', 'length', 'field', 'member', 'score', 'items', 'ttl', 'encoding'],
  config: ['value'],
  info: ['value'],
  keys: ['match'],
  reply: ['value'],
};
/** What stands beside every condition. */
const BESIDE: readonly (keyof AssertionFields)[] = ['node', 'port', 'why', 'wrong', 'spoil'];
const OF_A_KEY = ['type', 'length', 'field', 'member', 'items', 'ttl', 'encoding'] as const;

/** An item of `check:` as a condition. Throws an `AssertionError` when it says too little or too much. */
export function readCondition(fields: AssertionFields): Condition {
  const given = (Object.keys(fields) as (keyof AssertionFields)[]).filter((name) => !BESIDE.includes(name));
  const rest = pick(fields, given);
  const { node, port } = fields;
  const subjects = SUBJECTS.filter((subject) => fields[subject] !== undefined);
  const subject = subjects[0];
  if (subjects.length !== 1 || !subject) throw new AssertionError(`one of ${SUBJECTS.join(', ')}`, rest);
  const foreign = given.filter((name) => name !== subject && !ALLOWED[subject].includes(name));
  if (foreign.length > 0)
    throw new AssertionError(`only ${ALLOWED[subject].join(', ')} with \`${subject}\``, pick(rest, foreign));
  const at = { ...(node === undefined ? {} : { node }), ...(port === undefined ? {} : { port }) };
  switch (subject) {
    case 'key':
      return { ...at, ...keyCondition(fields, fields.key ?? '') };
    case 'config':
    case 'info':
      return { ...at, is: subject, name: fields[subject] ?? '', value: textOrRange(fields.value) };
    case 'keys':
      return { ...at, is: 'keys', match: fields.match ?? '*', count: fields.keys ?? 0 };
    case 'reply': {
      if (fields.value === undefined || isLimits(fields.value)) throw new AssertionError('a `value`', rest);
      return { ...at, is: 'reply', command: splitCommand(fields.reply ?? ''), value: fields.value };
    }
  }
}

/** An item of `check:` that cannot be looked at. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
  constructor(expected: string, found: unknown) {
    super(`expected ${expected} in an item of \`check:\`, found ${JSON.stringify(found)}`);
  }
}

function keyCondition(fields: AssertionFields, key: string): Condition {
  const said = OF_A_KEY.filter((name) => fields[name] !== undefined);
  if (said.length > 1) throw new AssertionError(`one of ${OF_A_KEY.join(', ')}`, pick(fields, said));
  const { exists = true, value } = fields;
  const [condition] = said;
  switch (condition) {
    case 'type':
      return { is: 'type', key, type: fields.type ?? 'string' };
    case 'length':
      return { is: 'length', key, length: fields.length ?? 0 };
    case 'field':
      return {
        is: 'field',
        key,
        field: fields.field ?? '',
        exists,
        ...(value === undefined ? {} : { value: scalar(value) }),
      };
    case 'member':
      return {
        is: 'member',
        key,
        member: fields.member ?? '',
        exists,
        ...(fields.score === undefined ? {} : { score: fields.score }),
      };
    case 'items':
      return { is: 'items', key, items: fields.items ?? [] };
    case 'ttl':
      return { is: 'ttl', key, ttl: fields.ttl ?? 'none' };
    case 'encoding':
      return { is: 'encoding', key, encoding: fields.encoding ?? '' };
    default:
      if (value === undefined) return { is: 'exists', key, exists };
      return isLimits(value) ? { is: 'number', key, range: value } : { is: 'value', key, value: scalar(value) };
  }
}

function textOrRange(value: AssertionFields['value']): string | { min?: number | undefined; max?: number | undefined } {
  if (value !== undefined && isLimits(value)) return value;
  return scalar(value);
}

function scalar(value: AssertionFields['value']): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new AssertionError('a text or a number as `value`', value);
}

function isLimits(value: unknown): value is { min?: number | undefined; max?: number | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick(from: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

/** Words at white space, quotes as in redis-cli but without escapes, which no check has needed. */
function splitCommand(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
