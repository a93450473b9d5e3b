import { element } from '../dom/element.ts';

/** A line in which backticks stand around code, as nodes: text stays text, whatever a server has put into it. */
export function codeText(line: string): Node[] {
  return line
    .split('`')
    .map((part, index) => (index % 2 === 1 ? element('code', {}, part) : document.createTextNode(part)));
}
