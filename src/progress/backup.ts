import * as v from 'valibot';
import type { AllFacts, Facts } from './facts.ts';

const FORMAT = 'redis-mastery-progress';
/** Rises when an older page could no longer read the file. */
const VERSION = 2;
const MOST_TEXT = 1_000_000;

const atMs = v.pipe(v.number(), v.integer(), v.minValue(0));
const fact = <Schema extends v.GenericSchema>(value: Schema) => v.tuple([value, atMs]);
const flag = fact(v.boolean());
const text = fact(v.pipe(v.string(), v.maxLength(MOST_TEXT)));
const count = fact(v.pipe(v.number(), v.minValue(0)));
const review = fact(v.strictObject({ step: v.pipe(v.number(), v.integer(), v.minValue(0)), dueMs: atMs }));

/** Which fields the facts under a key may have, by the key's first word. */
const FIELDS: ReadonlyMap<string, readonly { name: RegExp; value: v.GenericSchema }[]> = new Map(
  Object.entries({
    lesson: [
      { name: /^done$/, value: flag },
      { name: /^(check|exercise|question):./, value: flag },
      { name: /^visited$/, value: count },
      { name: /^time:./, value: count },
    ],
    card: [{ name: /^review$/, value: review }],
    path: [{ name: /^check:./, value: flag }],
    plan: [
      { name: /^(start|days|before)$/, value: text },
      { name: /^hours$/, value: count },
    ],
    log: [
      { name: /^(lesson|question|hypothesis|happened|why|terminal)$/, value: text },
      { name: /^created$/, value: count },
      { name: /^deleted$/, value: flag },
    ],
    choice: [
      { name: /^route$/, value: text },
      { name: /^extras$/, value: flag },
    ],
  }),
);

const envelope = v.object({ format: v.literal(FORMAT), version: v.number() });
const body = v.object({ facts: v.record(v.string(), v.record(v.string(), v.unknown())) });

/** A file that cannot be imported. The message says what was expected and what was found, for the learner. */
export class BackupError extends Error {}

/** Everything as one JSON text. `nowMs` is written into it, for the learner. */
export function writeBackup(all: AllFacts, nowMs: number): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, exported: new Date(nowMs).toISOString(), facts: Object.fromEntries(all) }, null, 1)}\n`;
}

/** Reads such a text, and checks every field of it. Throws a `BackupError` at the first that is not as expected. */
export function readBackup(source: string): Map<string, Facts> {
  const file = parse(source);
  if (!v.is(envelope, file))
    throw new BackupError(
      'This is not a progress file of this course: its first lines do not say so. Choose a file that Export saved.',
    );
  if (file.version > VERSION)
    throw new BackupError(
      `This file was written by a newer version of the course (format ${file.version}, this page reads up to ${VERSION}). Reload the page to get the new version, then import again.`,
    );
  const read = v.safeParse(body, file);
  if (!Number.isInteger(file.version) || file.version < 1 || !read.success)
    throw new BackupError('The file is damaged: expected a list of facts, found something else.');
  return new Map(Object.entries(read.output.facts).map(([key, fields]) => [key, readFields(key, fields)]));
}

function readFields(key: string, fields: Readonly<Record<string, unknown>>): Facts {
  const known = FIELDS.get(key.split('/')[0] ?? '');
  if (!known || (key !== 'choice' && !/^[a-z]+\/./.test(key)))
    throw new BackupError(`The file is damaged: “${key}” is not something this course stores.`);
  for (const [field, value] of Object.entries(fields)) {
    const schema = known.find(({ name }) => name.test(field))?.value;
    if (!schema) throw new BackupError(`The file is damaged: “${key}” has no field “${field}”.`);
    const read = v.safeParse(schema, value);
    if (!read.success) throw new BackupError(`The file is damaged at “${key}”, “${field}”: ${read.issues[0].message}.`);
  }
  // Each field has been checked by the schema of its name.
  return fields as Facts;
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BackupError(
      'The file is damaged or of another kind: expected JSON, found something else. Choose a file that Export saved.',
    );
  }
}
