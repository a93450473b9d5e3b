import { load } from 'js-yaml';
import { z } from 'astro/zod';
import { parseTranscript, type Transcript } from '../transcript/parse.ts';
import type { Assertion } from './assertion.ts';
import { assertionFields, readCondition } from './read-assertion.ts';

/** A wrong attempt: it must fail one assertion of the exercise, counted from 0, and no other. */
export interface WrongAttempt {
  assertion: number;
  /** Played after the setup; after the setup and the solution if `afterSolution`. */
  transcript: Transcript;
  afterSolution: boolean;
}

/** An ```exercise fence. Texts are Markdown. */
export interface Exercise {
  /** Unique on its page and never changed: progress hangs on it. */
  id: string;
  title: string;
  task: string;
  /** What is there when the learner begins; its replies are not compared. */
  setup: Transcript;
  /** The setup as it was written. */
  setupSource: string;
  assertions: readonly Assertion[];
  hints: readonly string[];
  solution: Transcript;
  solutionSource: string;
  /** What stands under the solution. */
  after: string | undefined;
  wrong: readonly WrongAttempt[];
}

export const ID = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected lower case words with hyphens');

const fields = z.strictObject({
  id: ID,
  title: z.string(),
  task: z.string(),
  setup: z.string().default(''),
  check: z.array(assertionFields).min(1),
  hints: z.array(z.string()).min(1),
  solution: z.string(),
  after: z.string().optional(),
});

/**
 * Reads the YAML of an ```exercise fence. Throws an `ExerciseError` with all that is wrong: unknown or missing names, an
 * assertion without a wrong attempt, a transcript that cannot be read.
 */
export function readExercise(source: string): Exercise {
  const read = fields.safeParse(readYaml(source, 'exercise'));
  if (!read.success) throw new ExerciseError('exercise', z.prettifyError(read.error));
  const { id, title, task, setup, check, hints, solution, after } = read.data;
  const transcript = (name: string, text: string) => readTranscript(`exercise ${id}, ${name}`, text);
  const wrong = check.map((item, index): WrongAttempt => {
    const attempt = item.wrong ?? item.spoil;
    if (attempt === undefined || (item.wrong !== undefined && item.spoil !== undefined))
      throw new ExerciseError(
        `exercise ${id}`,
        `check ${index + 1} needs a \`wrong:\` or a \`spoil:\`, one of the two`,
      );
    return {
      assertion: index,
      transcript: transcript(`wrong attempt ${index + 1}`, attempt),
      afterSolution: item.spoil !== undefined,
    };
  });
  return {
    id,
    title,
    task,
    setup: transcript('setup', setup),
    setupSource: setup,
    assertions: check.map((item) => ({ condition: readCondition(item), why: item.why })),
    hints,
    solution: transcript('solution', solution),
    solutionSource: solution.trimEnd(),
    after,
    wrong,
  };
}

/** An ```exercise or ```question fence has another form than it should. */
export class ExerciseError extends Error {
  override readonly name = 'ExerciseError';
  constructor(where: string, message: string) {
    super(`${where}: ${message}`);
  }
}

/** The YAML of a fence; throws an `ExerciseError` that says which line of the fence is none. */
export function readYaml(source: string, where: string): unknown {
  try {
    return load(source);
  } catch (error) {
    throw new ExerciseError(where, error instanceof Error ? error.message : String(error));
  }
}

/** Reads a transcript inside the YAML; throws an `ExerciseError` with its first problem. */
export function readTranscript(where: string, text: string): Transcript {
  const transcript = parseTranscript(text.trimEnd());
  const problem = transcript.problems[0];
  if (!problem) return transcript;
  throw new ExerciseError(where, `expected ${problem.expected}, found \`${problem.found}\`. ${problem.hint}`);
}
