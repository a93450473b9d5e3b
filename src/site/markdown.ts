import { markdownToHtml } from 'satteri';
import { siteLink } from './links.ts';

/** Markdown inside the data of a lesson as HTML, for `set:html`: it is the author's, never the machine's. */
export function renderMarkdown(source: string): string {
  return markdownToHtml(source).html.replaceAll(/ href="\/(?!\/)/g, ` href="${siteLink('')}`);
}

/** The same for a single paragraph, without the paragraph around it. */
export function renderInline(source: string): string {
  return renderMarkdown(source)
    .trim()
    .replace(/^<p>(.*)<\/p>$/s, '$1');
}
