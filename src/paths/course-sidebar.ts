import type { StarlightUserConfig } from '@astrojs/starlight/types';
import type { Part } from './schema.ts';

type Sidebar = NonNullable<StarlightUserConfig['sidebar']>;

/**
 * The course as groups of the sidebar: the parts in order, in each the lessons that are written. A part without any
 * is left out. `data-lesson` is how the page finds a lesson's link again, to mark it as done or to put it elsewhere.
 */
export function courseSidebar(parts: readonly Part[], written: ReadonlySet<string>): Sidebar {
  return parts
    .map(({ title, lessons }) => ({
      label: title,
      collapsed: true,
      items: lessons
        .filter(({ slug }) => written.has(slug))
        .map(({ slug }) => ({ slug: `lessons/${slug}`, attrs: { 'data-lesson': slug } })),
    }))
    .filter(({ items }) => items.length > 0);
}

/**
 * Throws unless every lesson that has a page is in the curriculum, once: a page outside of it would be on no path and
 * in no sidebar.
 */
export function checkWritten(parts: readonly Part[], written: ReadonlySet<string>): void {
  const slugs = parts.flatMap(({ lessons }) => lessons.map(({ slug }) => slug));
  const twice = slugs.filter((slug, at) => slugs.indexOf(slug) !== at);
  if (twice.length > 0) throw new Error(`content/curriculum.json has ${twice.join(', ')} more than once`);
  const unknown = [...written].filter((slug) => !slugs.includes(slug));
  if (unknown.length > 0)
    throw new Error(
      `content/docs/lessons/ has ${unknown.join(', ')}, which content/curriculum.json does not know. Add the lesson to its part there.`,
    );
}
