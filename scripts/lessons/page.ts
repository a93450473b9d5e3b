import { load } from 'js-yaml';
import { markdownToMdast, mdxToMdast, type MdastNode } from 'satteri';
import { readMachineDescription, type MachineDescription } from '../../src/transcript/machine-description.ts';
import { faultProblems } from '../../src/transcript/order-fault.ts';
import { topologyOf } from '../../src/transcript/described-topology.ts';
import { readExercise, type Exercise } from '../../src/exercise/exercise.ts';
import { readQuestion, type Question } from '../../src/exercise/question.ts';
import { parseTranscript, type Transcript } from '../../src/transcript/parse.ts';
import { findBlockScalar } from './block-scalar.ts';

/** A ```redis fence of a page, or the transcript inside an ```exercise or ```question fence. */
export interface Fence {
  /** Line of the file, from 1, that holds the fence's first line of content. */
  firstLine: number;
  /** What stands before each line of content in the file: the indentation in a list, `> ` in a quotation. */
  prefix: string;
  transcript: Transcript;
  /** The exercise whose solution this is: played on a machine of its own, and looked at afterwards. */
  exercise?: Exercise;
  /** Played on a machine of its own: a question of the kind `prints`. */
  alone?: true;
}

/** A page with what is played on it, in document order. Fences with `norun` are left out. */
export interface Page {
  path: string;
  machine: MachineDescription;
  fences: readonly Fence[];
  exercises: readonly Exercise[];
  questions: readonly Question[];
}

/**
 * Reads a page with the Markdown engine that also builds the site, so that both see the same fences: `.mdx` by its
 * extension, all else as Markdown. Throws what that engine throws at MDX that is none, and a
 * `MachineDescriptionError` for a wrong `machine:`.
 */
export function readPage(path: string, source: string): Page {
  const features = { frontmatter: true, directive: true };
  const root = path.endsWith('.mdx') ? mdxToMdast(source, { features }) : markdownToMdast(source, { features });
  const lines = source.split('\n');
  const fences: Fence[] = [];
  const exercises: Exercise[] = [];
  const questions: Question[] = [];
  let frontmatter: unknown;
  visit(root, (node) => {
    if (node.type === 'yaml') frontmatter = load(node.value);
    if (node.type !== 'code' || isStatic(node.meta)) return;
    const { start, end } = requirePosition(node);
    const at = { line: start.line, prefix: /^[^`~]*/.exec(lines[end.line - 1] ?? '')?.[0] ?? '' };
    if (node.lang === 'redis') {
      // The closing line has the prefix of the content lines; the opening one may follow the bullet of a list.
      fences.push({ firstLine: at.line + 1, prefix: at.prefix, transcript: parseTranscript(node.value) });
    } else if (node.lang === 'exercise') {
      const exercise = readAt(path, at.line, () => readExercise(node.value));
      exercises.push(exercise);
      fences.push({ ...inside(node.value, 'solution', at), transcript: exercise.solution, exercise });
    } else if (node.lang === 'question') {
      const question = readAt(path, at.line, () => readQuestion(node.value));
      questions.push(question);
      if (question.kind === 'prints')
        fences.push({ ...inside(node.value, 'run', at), transcript: question.run, alone: true });
    }
  });
  const ids = [...exercises, ...questions].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new Error(`${path}: expected an id of its own for each exercise and question, found ${twice} a second time`);
  const machine = readMachineDescription(machineIn(frontmatter));
  const withFaults = (fence: Fence): Fence => {
    const problems = [...fence.transcript.problems, ...faultProblems(fence.transcript, topologyOf(machine))];
    return { ...fence, transcript: { ...fence.transcript, problems } };
  };
  return { path, machine, fences: fences.map(withFaults), exercises, questions };
}

/** Where a transcript inside the YAML of a fence lies in the file. `at`: the fence's opening line, and its prefix. */
function inside(yaml: string, name: string, at: { line: number; prefix: string }): Pick<Fence, 'firstLine' | 'prefix'> {
  const { line, indent } = findBlockScalar(yaml, name);
  return { firstLine: at.line + 1 + line, prefix: at.prefix + indent };
}

/** Says in which file and line a fence is that cannot be read. */
function readAt<Read>(path: string, line: number, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new Error(`${path}:${line} ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Whether the words after ` ```redis ` say that the fence is only shown. */
export function isStatic(meta: string | null | undefined): boolean {
  return /(?:^|\s)norun(?:\s|$)/.test(meta ?? '');
}

function machineIn(frontmatter: unknown): unknown {
  return typeof frontmatter === 'object' && frontmatter !== null && 'machine' in frontmatter
    ? frontmatter.machine
    : undefined;
}

function visit(node: MdastNode, visitor: (node: MdastNode) => void): void {
  visitor(node);
  if ('children' in node) for (const child of node.children) visit(child, visitor);
}

function requirePosition(node: MdastNode) {
  if (!node.position) throw new Error('the Markdown engine gives no positions');
  return node.position;
}
