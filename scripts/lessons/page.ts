import { load } from 'js-yaml';
import { markdownToMdast, mdxToMdast, type MdastNode } from 'satteri';
import { readMachineDescription, type MachineDescription } from '../../src/transcript/machine-description.ts';
import { parseTranscript, type Transcript } from '../../src/transcript/parse.ts';

/** A ```redis fence of a page. */
export interface Fence {
  /** Line of the file, from 1, that holds the fence's first line of content. */
  firstLine: number;
  /** What stands before each line of content in the file: the indentation in a list, `> ` in a quotation. */
  prefix: string;
  transcript: Transcript;
}

/** A page with what is played on it, in document order. Fences with `norun` are left out. */
export interface Page {
  path: string;
  machine: MachineDescription;
  fences: readonly Fence[];
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
  let frontmatter: unknown;
  visit(root, (node) => {
    if (node.type === 'yaml') frontmatter = load(node.value);
    if (node.type !== 'code' || node.lang !== 'redis' || isStatic(node.meta)) return;
    const { start, end } = requirePosition(node);
    fences.push({
      firstLine: start.line + 1,
      // The closing line has the prefix of the content lines; the opening one may follow the bullet of a list.
      prefix: /^[^`~]*/.exec(lines[end.line - 1] ?? '')?.[0] ?? '',
      transcript: parseTranscript(node.value),
    });
  });
  return { path, machine: readMachineDescription(machineIn(frontmatter)), fences };
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
