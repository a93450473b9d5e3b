import { defineMdastPlugin, type MdastPluginDefinition } from 'satteri';

/** The fences that are data, and the component that shows each. */
const COMPONENTS: Readonly<Record<string, string>> = { exercise: 'Exercise', question: 'Question' };

/** A Markdown plugin that makes ```exercise and ```question fences of a lesson (MDX) into components. */
export function lessonFences(): MdastPluginDefinition {
  return defineMdastPlugin({
    name: 'lesson-fences',
    code(node) {
      const name = COMPONENTS[node.lang ?? ''];
      if (name === undefined) return undefined;
      return {
        type: 'mdxJsxFlowElement',
        name,
        attributes: [{ type: 'mdxJsxAttribute', name: 'source', value: node.value }],
        children: [],
      };
    },
  });
}
