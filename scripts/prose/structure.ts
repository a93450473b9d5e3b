import type { Finding } from './finding.ts';
import type { Lesson } from './lesson.ts';

/** Shorter than this an alternative names a drawing instead of saying what it says. Characters. */
const LEAST_ALT = 60;
const EMPTY_LINK_TEXTS = new Set(['here', 'click here', 'this', 'link', 'this link', 'more']);

/** Headings begin with the second level, leave none out and differ from each other. */
export function checkHeadings({ headings }: Lesson): Finding[] {
  const findings: Finding[] = [];
  let depth = 1;
  const seen = new Set<string>();
  for (const heading of headings) {
    const at = (message: string) =>
      findings.push({ line: heading.line, message: `heading "${heading.text}": ${message}` });
    if (heading.depth === 1) at('expected ##, as # is the title');
    else if (heading.depth > depth + 1) at(`expected ${'#'.repeat(depth + 1)}, found ${'#'.repeat(heading.depth)}`);
    if (seen.has(heading.text)) at('expected a text of its own, found it a second time');
    seen.add(heading.text);
    depth = heading.depth;
  }
  return findings;
}

/** Links within the site are absolute and lead to pages; `exists` says whether there is one (`/lessons/strings/`). */
export function checkLinks({ links }: Lesson, exists: (path: string) => boolean): Finding[] {
  return links.flatMap(({ line, url, text }) => {
    const at = (message: string) => [{ line, message: `link "${text}": ${message}` }];
    if (EMPTY_LINK_TEXTS.has(text.trim().toLowerCase())) return at('expected a text that says where it leads');
    if (/^(?:https:|mailto:|#)/.test(url)) return [];
    if (!url.startsWith('/')) return at(`expected https:// or an address that begins with /, found ${url}`);
    const path = url.replace(/[?#].*$/, '');
    if (!path.endsWith('/')) return at(`expected ${path}/, with a slash at its end`);
    return exists(path) ? [] : at(`expected a page ${path}, found none. A planned lesson is named, not linked to`);
  });
}

/** Drawings are there and say in words what they show. */
export function checkFigures({ components, images }: Lesson, figures: ReadonlySet<string>): Finding[] {
  const found: Finding[] = images.map(({ line }) => ({ line, message: 'expected <Figure>, found a Markdown image' }));
  for (const { name, line, attributes } of components) {
    if (name !== 'Figure') continue;
    const figure = attributes['name'] ?? '';
    if (!figures.has(figure)) found.push({ line, message: `expected content/figures/${figure}.svg, found none` });
    const { length } = attributes['alt'] ?? '';
    if (length < LEAST_ALT)
      found.push({
        line,
        message: `figure ${figure}: expected an \`alt\` that says what the drawing says, found ${length} characters`,
      });
  }
  return found;
}
