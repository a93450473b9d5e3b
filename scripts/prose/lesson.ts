import { load } from 'js-yaml';
import { mdxToMdast, type MdastNode } from 'satteri';
import { textsIn, type Text } from './texts.ts';

/** A component of a lesson as it was written. `attributes` holds those that are plain text. */
export interface Component {
  name: string;
  line: number;
  attributes: Readonly<Record<string, string>>;
  /** The text inside, without marks. */
  text: string;
}

export interface Heading {
  line: number;
  depth: number;
  text: string;
}

export interface Link {
  line: number;
  url: string;
  text: string;
}

/** What the checks of prose read of a lesson. Lines count from 1. */
export interface Lesson {
  path: string;
  /** File name without `.mdx`. */
  slug: string;
  frontmatter: Readonly<Record<string, unknown>>;
  headings: readonly Heading[];
  links: readonly Link[];
  /** Markdown images; ours are figures. */
  images: readonly { line: number; alt: string }[];
  components: readonly Component[];
  /** Fences by language, those with `norun` left out. */
  fences: Readonly<Record<string, number>>;
  /** Lines where data begins: frontmatter, exercises, questions. Their texts are not running text. */
  dataLines: ReadonlySet<number>;
  /** Everything that is read as prose, code left out. */
  texts: readonly Text[];
}

const DATA = new Set(['exercise', 'question']);

/** Reads a lesson. Throws what the Markdown engine throws at MDX that is none. */
export function readLesson(path: string, source: string): Lesson {
  const root = mdxToMdast(source, { features: { frontmatter: true, directive: true } });
  const headings: Heading[] = [];
  const links: Link[] = [];
  const images: { line: number; alt: string }[] = [];
  const components: Component[] = [];
  const fences: Record<string, number> = {};
  const dataLines = new Set<number>();
  let frontmatter: Record<string, unknown> = {};
  visit(root, (node) => {
    const line = node.position?.start.line ?? 1;
    if (node.type === 'yaml' || (node.type === 'code' && DATA.has(node.lang ?? ''))) dataLines.add(line);
    if (node.type === 'yaml') frontmatter = (load(node.value) ?? {}) as Record<string, unknown>;
    else if (node.type === 'heading') headings.push({ line, depth: node.depth, text: textOf(node) });
    else if (node.type === 'link') links.push({ line, url: node.url, text: textOf(node) });
    else if (node.type === 'image') images.push({ line, alt: node.alt ?? '' });
    else if (node.type === 'code' && !/\bnorun\b/.test(node.meta ?? '')) {
      const language = node.lang ?? '';
      fences[language] = (fences[language] ?? 0) + 1;
    } else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      const attributes = Object.fromEntries(
        node.attributes.flatMap((attribute) =>
          attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string'
            ? [[attribute.name, attribute.value]]
            : [],
        ),
      );
      components.push({ name: node.name ?? '', line, attributes, text: textOf(node) });
    }
  });
  const slug = path.replace(/^.*\//, '').replace(/\.mdx$/, '');
  return { path, slug, frontmatter, headings, links, images, components, fences, dataLines, texts: textsIn(root) };
}

/** Calls the visitor with the node and all below it, in the order of the document. */
export function visit(node: MdastNode, visitor: (node: MdastNode) => void): void {
  visitor(node);
  if ('children' in node) for (const child of node.children) visit(child, visitor);
}

/** The text of a node, code included. */
function textOf(node: MdastNode): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return 'value' in node && typeof node.value === 'string' ? node.value : '';
}
