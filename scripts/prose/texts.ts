import { load } from 'js-yaml';
import { markdownToMdast, type MdastNode } from 'satteri';
import { visit } from './lesson.ts';

/** A piece of prose: a paragraph's part without code, a field of the frontmatter, a text of an exercise. */
export interface Text {
  line: number;
  text: string;
}

/** Fields of frontmatter and of fences that hold Markdown to be read. The others are names, code and numbers. */
const READ = new Set([
  'title',
  'description',
  'takeaway',
  'objectives',
  'note',
  'task',
  'why',
  'hints',
  'after',
  'ask',
]);
const READ_IN_OPTIONS = new Set(['text', 'right']);
/** Attributes of components that are read. */
const READ_ATTRIBUTES = new Set(['alt', 'guess']);

/** All prose of a page, in order; code is left out. */
export function textsIn(root: MdastNode): Text[] {
  const texts: Text[] = [];
  /** Texts inside `<Source>` are names of functions. */
  const names = new Set<MdastNode>();
  visit(root, (node) => {
    if ('name' in node && node.name === 'Source') visit(node, (inner) => names.add(inner));
    const line = node.position?.start.line ?? 1;
    if (node.type === 'text' && !names.has(node)) texts.push({ line, text: node.value });
    else if (node.type === 'yaml') texts.push(...textsInYaml(node.value, line));
    else if (node.type === 'code' && (node.lang === 'exercise' || node.lang === 'question'))
      texts.push(...textsInYaml(node.value, line));
    else if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement') {
      for (const attribute of node.attributes) {
        if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') continue;
        if (READ_ATTRIBUTES.has(attribute.name)) texts.push(...textsInMarkdown(attribute.value, line));
      }
    }
  });
  return texts;
}

/** The texts in a YAML mapping. Their line is where the fence begins: YAML's reader does not say more. */
function textsInYaml(yaml: string, line: number): Text[] {
  const found: Text[] = [];
  const walk = (value: unknown, isRead: boolean): void => {
    if (typeof value === 'string') {
      if (isRead) found.push(...textsInMarkdown(value, line));
    } else if (Array.isArray(value)) for (const item of value) walk(item, isRead);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value))
        walk(item, READ.has(name) || name === 'options' || name === 'check' || (isRead && READ_IN_OPTIONS.has(name)));
  };
  const read = load(yaml) as Record<string, unknown>;
  // `items` of an ordering question are prose, those of a statement about a key are values.
  walk(read['kind'] === 'order' ? { ...read, ask: [read['ask'], read['items']] } : read, false);
  return found;
}

function textsInMarkdown(markdown: string, line: number): Text[] {
  const texts: Text[] = [];
  visit(markdownToMdast(markdown), (node) => {
    if (node.type === 'text') texts.push({ line, text: node.value });
  });
  return texts;
}
