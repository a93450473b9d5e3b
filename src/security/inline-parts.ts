import { createHash } from 'node:crypto';

export interface PageParts {
  scripts: Set<string>;
  styles: Set<string>;
}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
const STYLE = /<style\b[^>]*>([\s\S]*?)<\/style>/gi;
const HANDLER = /<[a-z][^>]*\son[a-z]+\s*=/i;

/**
 * The hashes of the inline scripts and style elements of a page. Throws when the page has something that no hash can
 * allow: an event handler in an attribute, or a script of another origin.
 */
export function inlineParts(html: string, page: string): PageParts {
  const scripts = new Set<string>();
  for (const [, attributes = '', text = ''] of html.matchAll(SCRIPT)) {
    const source = /\ssrc\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1];
    if (source === undefined) scripts.add(hash(text));
    else if (/^([a-z]+:)?\/\//i.test(source)) {
      throw new Error(`${page}: expected scripts of this site only, found ${source}. Bundle it instead.`);
    }
  }
  const markup = html.replace(SCRIPT, '').replace(STYLE, '');
  const handler = HANDLER.exec(markup)?.[0];
  if (handler !== undefined) {
    throw new Error(`${page}: expected no event handler attributes, found ${handler}. Add a listener in a script.`);
  }
  const styles = new Set([...html.matchAll(STYLE)].map(([, text = '']) => hash(text)));
  return { scripts, styles };
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
