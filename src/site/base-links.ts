import { defineMdastPlugin, type MdastPluginDefinition } from 'satteri';

/**
 * A Markdown plugin that puts the site's base path before absolute links (`/playground/` becomes
 * `/course/playground/`), which Astro leaves to the author. Links to other hosts, relative links and anchors stay.
 */
export function baseLinks(base: string): MdastPluginDefinition {
  const prefix = base.replace(/\/$/, '');
  return defineMdastPlugin({
    name: 'base-links',
    link(node) {
      if (prefix === '' || !node.url.startsWith('/') || node.url.startsWith('//')) return undefined;
      return { ...node, url: prefix + node.url };
    },
  });
}
