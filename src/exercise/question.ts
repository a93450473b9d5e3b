import { z } from 'astro/zod';
import type { Transcript } from '../transcript/parse.ts';
import { ExerciseError, ID, readTranscript, readYaml } from './exercise.ts';

/** What all kinds have: the question, and why the answer is the answer. Texts are Markdown. */
interface Asked {
  /** Unique on its page and never changed: progress hangs on it. */
  id: string;
  ask: string;
  why: string;
}

/** A ```question fence. */
export type Question =
  /** One or several of the options are right. */
  | (Asked & { kind: 'choice'; options: readonly Option[] })
  /** The items in their right order; the page shows them in another. */
  | (Asked & { kind: 'order'; items: readonly string[] })
  /** The last reply of a transcript is asked for, and given by the machine. */
  | (Asked & { kind: 'prints'; run: Transcript; runSource: string })
  /** To be remembered: front and back. `why` is the back. */
  | (Asked & { kind: 'card' });

export interface Option {
  text: string;
  right: boolean;
  /** What is said to whoever has chosen it. */
  why: string | undefined;
}

export type PrintsQuestion = Extract<Question, { kind: 'prints' }>;

const asked = { id: ID, ask: z.string(), why: z.string() };
const option = z.union([
  z.string().transform((text): Option => ({ text, right: false, why: undefined })),
  z
    .strictObject({ right: z.string(), why: z.string().optional() })
    .transform(({ right, why }): Option => ({ text: right, right: true, why })),
  z
    .strictObject({ text: z.string(), why: z.string().optional() })
    .transform(({ text, why }): Option => ({ text, right: false, why })),
]);
const fields = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('choice'), options: z.array(option).min(2) }),
  z.strictObject({ ...asked, kind: z.literal('order'), items: z.array(z.string()).min(3) }),
  z.strictObject({ ...asked, kind: z.literal('prints'), run: z.string() }),
  z.strictObject({ ...asked, kind: z.literal('card') }),
]);

/** Reads the YAML of a ```question fence. Throws an `ExerciseError` with all that is wrong. */
export function readQuestion(source: string): Question {
  const read = fields.safeParse(readYaml(source, 'question'));
  if (!read.success) throw new ExerciseError('question', z.prettifyError(read.error));
  const question = read.data;
  const where = `question ${question.id}`;
  if (question.kind === 'choice') {
    if (!question.options.some(({ right }) => right)) throw new ExerciseError(where, 'no option is `right:`');
    return question;
  }
  if (question.kind !== 'prints') return question;
  const run = readTranscript(`${where}, run`, question.run);
  if (run.steps.at(-1)?.kind !== 'type') throw new ExerciseError(where, '`run:` must end with a command and its reply');
  return { ...question, run, runSource: question.run.trimEnd() };
}
